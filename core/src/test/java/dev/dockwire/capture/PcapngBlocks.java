package dev.dockwire.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Picks apart the blocks of a little-endian pcapng file, for what the reader does not tell. */
final class PcapngBlocks {

  private PcapngBlocks() {}

  private static List<ByteBuffer> blocks(byte[] content) {
    List<ByteBuffer> blocks = new ArrayList<>();
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < content.length; at += file.getInt(at + 4)) {
      blocks.add(file.slice(at, file.getInt(at + 4)).order(ByteOrder.LITTLE_ENDIAN));
    }
    return blocks;
  }

  static List<Integer> types(byte[] content) {
    return blocks(content).stream().map(block -> block.getInt(0)).toList();
  }

  /** The epb_dropcount of each frame, 0 where there is none. */
  static List<Long> dropCounts(byte[] content) {
    List<Long> counts = new ArrayList<>();
    for (ByteBuffer block : blocks(content)) {
      if (block.getInt(0) == Pcapng.ENHANCED_PACKET) {
        int flags = 28 + Pcapng.padded(block.getInt(20));
        boolean given = block.getShort(flags + 8) == Pcapng.EPB_DROPCOUNT;
        counts.add(given ? block.getLong(flags + 12) : 0);
      }
    }
    return counts;
  }

  static List<String> statistics(byte[] content) {
    List<String> lines = new ArrayList<>();
    for (ByteBuffer block : blocks(content)) {
      if (block.getInt(0) == Pcapng.INTERFACE_STATISTICS) {
        lines.add("received " + block.getLong(48) + ", dropped " + block.getLong(60));
      }
    }
    return lines;
  }
}

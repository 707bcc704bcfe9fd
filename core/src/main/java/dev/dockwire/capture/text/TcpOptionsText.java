package dev.dockwire.capture.text;

import dev.dockwire.capture.text.TcpConversations.Origin;

/** What is printed of the options of a TCP segment. */
final class TcpOptionsText {

  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int MAXIMUM_SEGMENT_SIZE = 2;
  private static final int WINDOW_SCALE = 3;
  private static final int SACK_PERMITTED = 4;
  private static final int SACK = 5;
  private static final int TIMESTAMPS = 8;
  private static final int SACK_BLOCK = 8;

  private TcpOptionsText() {}

  static void append(Line line, Octets options, int length, Origin origin) {
    int at = 0;
    String separator = "";
    while (at < length) {
      line.append(separator);
      separator = ",";
      int kind = options.octet(at);
      line.append(name(kind));
      if (kind == END) {
        return;
      }
      if (kind == NO_OPERATION) {
        at++;
        continue;
      }
      int optionLength = at + 1 < length ? options.octet(at + 1) : 0;
      if (optionLength < 2 || at + optionLength > length) {
        line.append("[bad opt]");
        return;
      }
      appendValue(line, options.from(at + 2), kind, optionLength - 2, origin);
      at += optionLength;
    }
  }

  private static String name(int kind) {
    return switch (kind) {
      case END -> "eol";
      case NO_OPERATION -> "nop";
      case MAXIMUM_SEGMENT_SIZE -> "mss";
      case WINDOW_SCALE -> "wscale";
      case SACK_PERMITTED -> "sackOK";
      case SACK -> "sack";
      case 6 -> "echo";
      case 7 -> "echoreply";
      case TIMESTAMPS -> "TS";
      case 19 -> "md5";
      case 28 -> "uto";
      case 29 -> "tcp-ao";
      case 30 -> "mptcp";
      case 34 -> "tfo";
      case 254 -> "exp";
      default -> "unknown-" + kind;
    };
  }

  private static void appendValue(
      Line line, Octets value, int kind, int valueLength, Origin origin) {
    switch (kind) {
      case MAXIMUM_SEGMENT_SIZE -> line.append(" " + value.short16(0));
      case WINDOW_SCALE -> line.append(" " + value.octet(0));
      case SACK -> appendBlocks(line, value, valueLength, origin);
      case TIMESTAMPS -> {
        value.require(8);
        line.append(" val ").append(value.unsigned32(0));
        line.append(" ecr ").append(value.unsigned32(4));
      }
      default -> {
        line.append(valueLength > 0 ? " 0x" : "");
        for (int i = 0; i < valueLength; i++) {
          line.format("%02x", value.octet(i));
        }
      }
    }
  }

  private static void appendBlocks(Line line, Octets blocks, int length, Origin origin) {
    if (length % SACK_BLOCK != 0) {
      line.append(" invalid sack");
      return;
    }
    line.append(" ").append(length / SACK_BLOCK).append(" ");
    for (int at = 0; at < length; at += SACK_BLOCK) {
      blocks.require(at + SACK_BLOCK);
      line.append("{").append(origin.ofPeer(blocks.int32(at)));
      line.append(":").append(origin.ofPeer(blocks.int32(at + 4))).append("}");
    }
  }
}

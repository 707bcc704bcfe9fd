package dev.dockwire.capture;

import java.io.IOException;
import java.nio.file.Path;

/** The two kinds of capture file. */
public enum CaptureFormat {
  /** Named interfaces, directions, losses, comments and host names. */
  PCAPNG,
  /** Frames and times only. */
  PCAP;

  /** The format that a file's name asks for: classic pcap if it ends in {@code .pcap}. */
  public static CaptureFormat of(Path file) {
    return file.toString().endsWith(".pcap") ? PCAP : PCAPNG;
  }

  /**
   * Creates a file, or empties it if it exists.
   *
   * @param snapLength how many bytes of a frame to keep at most; 0 for all
   * @throws IOException if it cannot be created, or its header cannot be written
   */
  public CaptureWriter create(Path file, int snapLength) throws IOException {
    return switch (this) {
      case PCAPNG -> PcapngWriter.create(file, snapLength);
      case PCAP -> PcapWriter.create(file, snapLength);
    };
  }

  /**
   * Writes to what is known already.
   *
   * @throws IOException if not even the header can be written
   */
  public CaptureWriter create(BlockOutput output, int snapLength) throws IOException {
    return switch (this) {
      case PCAPNG -> new PcapngWriter(output, snapLength);
      case PCAP -> new PcapWriter(output, snapLength);
    };
  }

  CaptureFile.BlockLength blockLength() {
    return switch (this) {
      case PCAPNG -> PcapngWriter::blockLength;
      case PCAP -> PcapWriter::recordLength;
    };
  }
}

package dev.dockwire.stack.tcp;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

/**
 * Which options both ends of a connection use, and the options of its own segments: offered all in
 * the SYN, answered in the SYN-ACK as the peer offered them, in Linux's order.
 */
final class NegotiatedOptions {

  private static final int STAMPS = TcpOptions.ALIGNED_TIMESTAMPS_LENGTH;
  private static final int MAX_LENGTH = 40;

  private final Timestamps timestamps;
  private final int localScale;
  private int maxSegment;
  private int localMss;
  private int pathMss;
  private int peerMss;
  private int mss;
  private boolean offer = true;
  private boolean scale;
  private boolean sack;
  private int sndScale;

  /**
   * @param bufferSize the largest window to be told of
   */
  NegotiatedOptions(Timestamps timestamps, int bufferSize) {
    this.timestamps = timestamps;
    this.localScale = Math.max(16 - Integer.numberOfLeadingZeros(bufferSize - 1), 0);
  }

  /**
   * @param limit the largest segment that the owner wants
   */
  void start(int mssOfPath, int limit) {
    maxSegment = limit;
    localMss = Math.min(mssOfPath, maxSegment);
    peerMss = TcpOptions.DEFAULT_MSS;
    followPath(mssOfPath);
  }

  void followPath(int mssOfPath) {
    pathMss = mssOfPath;
    mss = Math.min(Math.min(pathMss, maxSegment), peerMss);
  }

  /** Takes what the peer's SYN or SYN-ACK says. */
  void learn(TcpOptions options, long now) {
    offer = false;
    scale = options.windowScale() != TcpOptions.NO_SCALE;
    sndScale = scale ? options.windowScale() : 0;
    sack = options.isSackPermitted();
    peerMss = options.mss();
    followPath(pathMss);
    if (options.hasTimestamp()) {
      timestamps.start(options.stamp(), now);
    }
  }

  boolean isSackOn() {
    return sack;
  }

  boolean isScaleOn() {
    return scale;
  }

  boolean hasTimestamps() {
    return timestamps.isOn();
  }

  int advertisedMss() {
    return localMss - (timestamps.isOn() ? STAMPS : 0);
  }

  int sndScale() {
    return sndScale;
  }

  int rcvScale() {
    return scale ? localScale : 0;
  }

  /** Octets of data that a segment carries without SACK blocks. */
  int segmentSize() {
    return mss - (timestamps.isOn() ? STAMPS : 0);
  }

  /** Octets of data that the next segment carries: blocks take their room from it. */
  int segmentSize(SackReport sacks) {
    return mss - length(sacks);
  }

  int synLength() {
    boolean stamps = offer || timestamps.isOn();
    return TcpOptions.MSS_LENGTH
        + (stamps ? STAMPS : offer || sack ? 4 : 0)
        + (offer || scale ? 4 : 0);
  }

  void emitSyn(byte[] bytes, int offset, long now) {
    int at = offset;
    octet(bytes, at, TcpOptions.MSS);
    octet(bytes, at + 1, TcpOptions.MSS_LENGTH);
    short16(bytes, at + 2, localMss);
    at += TcpOptions.MSS_LENGTH;
    boolean stamps = offer || timestamps.isOn();
    if (stamps || sack) {
      boolean permit = offer || sack;
      octet(bytes, at, permit ? TcpOptions.SACK_PERMITTED : TcpOptions.NO_OPERATION);
      octet(bytes, at + 1, permit ? TcpOptions.SACK_PERMITTED_LENGTH : TcpOptions.NO_OPERATION);
      at += 2;
      if (stamps) {
        at = emitStamps(bytes, at, now);
      } else {
        at = pad(bytes, at);
      }
    }
    if (offer || scale) {
      octet(bytes, at, TcpOptions.NO_OPERATION);
      octet(bytes, at + 1, TcpOptions.WINDOW_SCALE);
      octet(bytes, at + 2, TcpOptions.WINDOW_SCALE_LENGTH);
      octet(bytes, at + 3, localScale);
    }
  }

  int length(SackReport sacks) {
    int stamps = timestamps.isOn() ? STAMPS : 0;
    int blocks = sack ? sacks.prepare((MAX_LENGTH - stamps - 4) / TcpOptions.BLOCK_LENGTH) : 0;
    return stamps + (blocks == 0 ? 0 : 4 + blocks * TcpOptions.BLOCK_LENGTH);
  }

  /**
   * @param length what {@link #length} has said
   */
  void emit(byte[] bytes, int offset, int length, Receiver receiver, long now) {
    int at = offset;
    if (timestamps.isOn()) {
      timestamps.emitAligned(bytes, at, now);
      at += STAMPS;
    }
    int end = offset + length;
    if (at == end) {
      return;
    }
    SackReport sacks = receiver.sacks();
    at = pad(bytes, at);
    octet(bytes, at, TcpOptions.SACK);
    octet(bytes, at + 1, end - at);
    at += 2;
    for (int i = 0; at < end; i++) {
      int32(bytes, at, receiver.sequenceOf(sacks.from(i)));
      int32(bytes, at + 4, receiver.sequenceOf(sacks.to(i)));
      at += TcpOptions.BLOCK_LENGTH;
    }
    sacks.sent();
  }

  private int emitStamps(byte[] bytes, int at, long now) {
    octet(bytes, at, TcpOptions.TIMESTAMPS);
    octet(bytes, at + 1, TcpOptions.TIMESTAMPS_LENGTH);
    int32(bytes, at + 2, timestamps.value(now));
    int32(bytes, at + 6, timestamps.recent());
    return at + TcpOptions.TIMESTAMPS_LENGTH;
  }

  private static int pad(byte[] bytes, int at) {
    octet(bytes, at, TcpOptions.NO_OPERATION);
    octet(bytes, at + 1, TcpOptions.NO_OPERATION);
    return at + 2;
  }
}

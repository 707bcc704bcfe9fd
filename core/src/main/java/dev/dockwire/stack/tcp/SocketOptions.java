package dev.dockwire.stack.tcp;

import java.util.function.Consumer;

/**
 * What the owner of a TCP socket may ask for: the options of socket(7) and tcp(7) that this stack
 * has, with Linux's defaults. A value: every {@code with} gives another one.
 *
 * <p>Buffer sizes, the segment limit and the sharing of an address count when a connection begins
 * or a port is bound; the others at any time. Whoever accepts gets the options of the port that
 * listens.
 *
 * <p>Buffer sizes are octets of data. Linux doubles what it is given to pay for its own
 * bookkeeping, and shows the double; the window that a peer sees is the same.
 */
public final class SocketOptions {

  public static final SocketOptions DEFAULT = new SocketOptions();

  private static final long SECOND = 1_000_000_000L;
  private static final long NO_LINGER = -1;
  private static final int LEAST_BUFFER = 2048;
  private static final int LARGEST_BUFFER = 4 * 1024 * 1024;
  private static final int LEAST_MSS = 88;
  private static final int LARGEST_MSS = 32_767;
  private static final int NO_LIMIT = 65_535;
  private static final int MOST_PROBES = 127;

  boolean keepAlive;
  long keepIdleNanos = 7200 * SECOND;
  long keepIntervalNanos = 75 * SECOND;
  int keepCount = 9;
  long userTimeoutNanos;
  long lingerNanos = NO_LINGER;
  boolean noDelay;
  boolean cork;
  int sendBuffer;
  int receiveBuffer;
  String congestionControl;
  int maxSegment = NO_LIMIT;
  boolean reuseAddress;

  private SocketOptions() {}

  private SocketOptions copy() {
    SocketOptions copy = new SocketOptions();
    copy.keepAlive = keepAlive;
    copy.keepIdleNanos = keepIdleNanos;
    copy.keepIntervalNanos = keepIntervalNanos;
    copy.keepCount = keepCount;
    copy.userTimeoutNanos = userTimeoutNanos;
    copy.lingerNanos = lingerNanos;
    copy.noDelay = noDelay;
    copy.cork = cork;
    copy.sendBuffer = sendBuffer;
    copy.receiveBuffer = receiveBuffer;
    copy.congestionControl = congestionControl;
    copy.maxSegment = maxSegment;
    copy.reuseAddress = reuseAddress;
    return copy;
  }

  private SocketOptions with(Consumer<SocketOptions> change) {
    SocketOptions changed = copy();
    change.accept(changed);
    return changed;
  }

  /** SO_KEEPALIVE: asks a peer that is silent for long whether it is still there. */
  public SocketOptions withKeepAlive(boolean on) {
    return with(it -> it.keepAlive = on);
  }

  /** TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT; 7200 s, 75 s and 9 unless changed. */
  public SocketOptions withKeepAliveTimes(long idleNanos, long intervalNanos, int count) {
    check(idleNanos > 0 && intervalNanos > 0 && count > 0 && count <= MOST_PROBES);
    return with(
        it -> {
          it.keepIdleNanos = idleNanos;
          it.keepIntervalNanos = intervalNanos;
          it.keepCount = count;
        });
  }

  /**
   * TCP_USER_TIMEOUT: how long data may stay unacknowledged, or a window shut, or a peer silent
   * under keep-alive, before the connection ends; 0 for the usual number of attempts.
   */
  public SocketOptions withUserTimeout(long nanos) {
    check(nanos >= 0);
    return with(it -> it.userTimeoutNanos = nanos);
  }

  /**
   * SO_LINGER: closing waits so long until the peer has everything, and goes on without waiting
   * after that; 0 ends the connection by a reset.
   */
  public SocketOptions withLinger(long nanos) {
    check(nanos >= 0);
    return with(it -> it.lingerNanos = nanos);
  }

  /** SO_LINGER off: closing does not wait, and what was written goes out in the background. */
  public SocketOptions withoutLinger() {
    return with(it -> it.lingerNanos = NO_LINGER);
  }

  /** TCP_NODELAY: small segments go out at once. */
  public SocketOptions withNoDelay(boolean on) {
    return with(it -> it.noDelay = on);
  }

  /** TCP_CORK: segments that are not full wait for more, at most one retransmission time-out. */
  public SocketOptions withCork(boolean on) {
    return with(it -> it.cork = on);
  }

  /** SO_SNDBUF: octets of data, between 2 KiB and 4 MiB. */
  public SocketOptions withSendBuffer(int octets) {
    return with(it -> it.sendBuffer = Math.clamp(octets, LEAST_BUFFER, LARGEST_BUFFER));
  }

  /** SO_RCVBUF: octets of data, between 2 KiB and 4 MiB; decides the window scale. */
  public SocketOptions withReceiveBuffer(int octets) {
    return with(it -> it.receiveBuffer = Math.clamp(octets, LEAST_BUFFER, LARGEST_BUFFER));
  }

  /**
   * TCP_CONGESTION: "cubic", "reno" or "bbr"; the host's unless said.
   *
   * @throws IllegalArgumentException for any other
   */
  public SocketOptions withCongestionControl(String name) {
    return with(it -> it.congestionControl = CongestionControl.named(name).name());
  }

  /** TCP_MAXSEG: neither offers nor sends larger segments, options included; 88 to 32,767. */
  public SocketOptions withMaxSegment(int octets) {
    check(octets >= LEAST_MSS && octets <= LARGEST_MSS);
    return with(it -> it.maxSegment = octets);
  }

  /** SO_REUSEADDR: binds a port where connections still are that have the option too. */
  public SocketOptions withReuseAddress(boolean on) {
    return with(it -> it.reuseAddress = on);
  }

  private static void check(boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException("Invalid argument");
    }
  }

  public boolean isKeepAlive() {
    return keepAlive;
  }

  /** How long closing waits; negative if it does not. */
  public long lingerNanos() {
    return lingerNanos;
  }
}

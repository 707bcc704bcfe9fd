package dev.dockwire.stack.tcp;

/**
 * How a connection is doing at this moment: what Linux tells by TCP_INFO and {@code ss -i} shows.
 * Windows and counts are in segments, as there.
 *
 * @param congestionControl how it shares the path: "cubic", "reno" or "bbr"
 * @param sndScale what the peer's windows are shifted by
 * @param rcvScale what this end's windows are shifted by; both 0 without the option
 * @param rtoNanos the time-out that would be armed now
 * @param backoffs how often it was doubled
 * @param srttNanos the smoothed round trip time; 0 while nothing is known
 * @param sndMss octets of data in a full segment
 * @param advertisedMss what this end has offered
 * @param ssthresh 0 before the first loss
 * @param unacked segments under way, those included that are reported or lost
 * @param resent segments that were sent again, since the beginning
 */
public record TcpInfo(
    TcpState state,
    boolean timestamps,
    boolean sack,
    boolean windowScale,
    String congestionControl,
    int sndScale,
    int rcvScale,
    long rtoNanos,
    int backoffs,
    long srttNanos,
    long rttvarNanos,
    int sndMss,
    int pathMtu,
    int advertisedMss,
    int cwnd,
    int ssthresh,
    int unacked,
    int sacked,
    int resent) {}

package dev.dockwire.capture;

/**
 * One frame of a capture file.
 *
 * @param interfaceName the link end it was recorded at, such as {@code a1/eth0}; empty if the file
 *     does not say
 * @param epochNanos when, in nanoseconds since the Unix epoch; 0 if the file does not say
 * @param bytes what was captured, from the destination address on
 * @param originalLength the length on the wire, in bytes; more than was captured if it was cut
 * @param comment the verdict or another remark; empty if there is none
 */
public record CapturedFrame(
    String interfaceName,
    long epochNanos,
    byte[] bytes,
    int originalLength,
    Direction direction,
    String comment) {}

package dev.dockwire.capture;

import dev.dockwire.link.Nic;

/**
 * A frame that an {@link InterfaceTap} has seen.
 *
 * @param now when, in monotonic nanoseconds
 * @param bytes as much of it as was asked for
 * @param length its length on the wire
 */
public record TappedFrame(Nic nic, Direction direction, long now, byte[] bytes, int length) {}

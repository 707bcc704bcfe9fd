/**
 * A token bucket in front of a link, after Linux's {@code tbf}: a rate, bursts and a queue. {@link
 * dev.dockwire.link.Nic#publish} calls it in place of the wire.
 */
package dev.dockwire.link.tbf;

/**
 * Impairments of a link, seeded: delay, loss, reordering, duplication, corruption and rate, after
 * Linux's {@code netem}. {@link dev.dockwire.link.Nic#publish} calls it in place of the wire;
 * frames that pass go on to the wire by {@link dev.dockwire.link.Nic#send}.
 */
package dev.dockwire.link.netem;

/**
 * The Address Resolution Protocol (RFC 826): which Ethernet address a next hop has, and the packets
 * that wait until it is known.
 *
 * <p>{@link dev.dockwire.stack.arp.ArpLayer} takes messages from the wire; {@link
 * dev.dockwire.stack.arp.LinkOutput} is how the IP layer hands packets down.
 */
package dev.dockwire.stack.arp;

/**
 * The door to the real world: real sockets of this machine, and the connections of virtual hosts
 * that belong to them. {@link dev.dockwire.edge.PublishedPorts} is the way in, {@link
 * dev.dockwire.edge.Uplink} the way out; a {@code Relay} joins two connections of either.
 *
 * <p>Everything here runs on the loop's own thread: {@link dev.dockwire.edge.EdgeLoop} is the
 * loop's worker and the place where it sleeps, so that no octet changes threads between a real
 * socket and a frame. It calls Netty and the event-driven sockets of a {@code HostStack}.
 */
package dev.dockwire.edge;

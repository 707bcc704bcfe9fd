/**
 * {@code nc}, which carries bytes between its standard streams and a connection: BusyBox's for
 * containers, OpenBSD's for the Docker host. Both run a {@link dev.dockwire.program.nc.Relay}
 * between a {@link dev.dockwire.program.nc.Peer} and the process's streams.
 */
package dev.dockwire.program.nc;

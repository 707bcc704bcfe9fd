/**
 * The programs that list a host's sockets: BusyBox's {@code netstat} and iproute2's {@code ss}.
 *
 * <p>Both read the tables of the host's stack and change nothing.
 */
package dev.dockwire.program.netstat;

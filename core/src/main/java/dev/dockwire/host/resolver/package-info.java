/**
 * What names and addresses mean to the programs on a host: its {@code /etc/hosts}, its {@code
 * /etc/resolv.conf}, and the name servers that these name, asked as musl and BusyBox ask them.
 *
 * <p>Programs call it and wait; it asks through their own sockets.
 */
package dev.dockwire.host.resolver;

/**
 * The User Datagram Protocol (RFC 768): from {@code ip.Ipv4Layer} to the socket that has the port,
 * and from sockets to {@code ip.Ipv4Output}.
 */
package dev.dockwire.stack.udp;

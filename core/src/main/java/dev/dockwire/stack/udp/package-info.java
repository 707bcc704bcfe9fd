/**
 * The User Datagram Protocol (RFC 768). So far there are no sockets: every port is closed, and says
 * so.
 */
package dev.dockwire.stack.udp;

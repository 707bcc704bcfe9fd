/**
 * The Domain Name System (RFC 1034, 1035): the format of messages, and a server for names that a
 * {@link dev.dockwire.dns.Zone} knows, which passes all other questions on. Servers are called by
 * the sockets of {@code stack.socket}; the asking side, with calls that wait, is {@code
 * host.Resolver}.
 */
package dev.dockwire.dns;

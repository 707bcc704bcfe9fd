/**
 * The Transmission Control Protocol (RFC 9293). So far there are no connections: segments are
 * checked and counted.
 */
package dev.dockwire.stack.tcp;

/**
 * The Internet Control Message Protocol (RFC 792): answers echo requests, tells senders what went
 * wrong with their packets (never too often), and hands replies and errors to sockets.
 */
package dev.dockwire.stack.icmp;

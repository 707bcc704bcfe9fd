package dev.dockwire.host.socket;

/**
 * A datagram as a program receives it.
 *
 * @param source who sent it
 * @param destination the address it was sent to: one of this host's, or everybody's
 */
public record Datagram(int source, int sourcePort, int destination, byte[] payload) {}

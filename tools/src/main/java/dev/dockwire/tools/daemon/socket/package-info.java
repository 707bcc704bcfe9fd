/**
 * The unix socket that docker clients connect to: how it comes to its path so that nobody else ever
 * can, whose connections are taken, and how Netty turns them. {@link
 * dev.dockwire.tools.daemon.socket.ControlSocket} is all that the daemon sees of it; what comes
 * over a connection is read there.
 */
package dev.dockwire.tools.daemon.socket;

/**
 * Sockets for programs: calls that wait, on {@code stack.socket}'s sockets that call back. Failures
 * are the JDK's exceptions.
 */
package dev.dockwire.host.socket;

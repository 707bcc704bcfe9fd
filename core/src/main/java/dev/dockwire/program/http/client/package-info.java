/**
 * The HTTP clients {@code curl} and BusyBox's {@code wget}: blocking programs that send a request
 * and read the response through a {@link dev.dockwire.program.http.client.ClientStream}.
 */
package dev.dockwire.program.http.client;

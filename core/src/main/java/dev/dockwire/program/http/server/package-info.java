/**
 * The HTTP servers of the images {@code httpd} and {@code nginx}: one process each, whose
 * connections are served on the stack's own thread as their bytes come, without a thread of their
 * own. {@link dev.dockwire.program.http.server.WebServer} is the process, {@link
 * dev.dockwire.program.http.server.HttpConnection} a connection; what the two servers do
 * differently is in {@link dev.dockwire.program.http.server.Apache} and {@link
 * dev.dockwire.program.http.server.Nginx}.
 */
package dev.dockwire.program.http.server;

/**
 * {@code mysqld}: one process that serves all its clients in turn. The stack says which client has
 * sent something; the process's own thread reads, executes and answers ({@link
 * dev.dockwire.program.mysql.server.MysqlService}). Without TLS, compression and prepared
 * statements of the server's.
 */
package dev.dockwire.program.mysql.server;

/**
 * The programs {@code mysql} and {@code mysqladmin} of the mysql image: blocking code over one
 * connection ({@link dev.dockwire.program.mysql.client.ServerConnection}).
 */
package dev.dockwire.program.mysql.client;

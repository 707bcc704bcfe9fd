/**
 * MySQL's client/server protocol, version 10: packets, passwords, errors. {@link
 * dev.dockwire.program.mysql.server} speaks it as {@code mysqld}, {@link
 * dev.dockwire.program.mysql.client} as {@code mysql}; {@link dev.dockwire.program.mysql.sql} is
 * what answers statements.
 */
package dev.dockwire.program.mysql;

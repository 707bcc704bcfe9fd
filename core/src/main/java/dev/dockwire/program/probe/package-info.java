/**
 * The programs that find out whether a host answers and by which way it is reached, in BusyBox's
 * form: {@code ping} and {@code traceroute}. They send through sockets of their own and wait.
 */
package dev.dockwire.program.probe;

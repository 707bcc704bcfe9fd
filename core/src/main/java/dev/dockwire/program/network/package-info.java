/**
 * The programs that show and change how a host is networked, its interfaces, neighbours and routes,
 * by calls of its stack: {@code ip}, {@code ifconfig}, {@code route}, {@code arp} as BusyBox has
 * them, and iproute2's {@code bridge link}.
 */
package dev.dockwire.program.network;

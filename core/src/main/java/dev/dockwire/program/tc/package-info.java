/**
 * {@code tc}, traffic control: sets {@link dev.dockwire.link.netem.Netem} and {@link
 * dev.dockwire.link.tbf.Tbf} at a host's interfaces, in the words of iproute2 6.1.
 */
package dev.dockwire.program.tc;

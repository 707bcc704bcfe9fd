/**
 * The programs that show and change what a host does with packets on their way through: {@code
 * iptables}, {@code iptables-save} and {@code conntrack}. They find the host's {@link
 * dev.dockwire.nat.Netfilter} at its stack.
 */
package dev.dockwire.program.netfilter;

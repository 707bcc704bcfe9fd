/**
 * Address translation and packet filtering of a host that routes: {@link
 * dev.dockwire.nat.Netfilter} stands at the points of a stack where packets pass, {@code Conntrack}
 * remembers flows, the rules of {@code nat.rule} decide about new ones, and {@code Rewriter} writes
 * the new addresses.
 *
 * <p>A host has one, made by the engine for the Docker host; containers have none. RFC 4787 and
 * 7857 (UDP), RFC 5382 (TCP) and RFC 5508 (ICMP) say what a NAT owes its users.
 */
package dev.dockwire.nat;

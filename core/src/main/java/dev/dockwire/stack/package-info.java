/**
 * The TCP/IP stack of one virtual host, driven by events: frames that its NICs receive, timers, and
 * calls of its sockets. {@link dev.dockwire.stack.HostStack} takes a frame and hands it to a layer:
 *
 * <pre>
 *   Nic -> HostStack.receive -> arp.ArpLayer -> reply, NeighbourCache
 *                            -> ip.Ipv4Layer -> Reassembler -> icmp, udp, tcp -> socket
 *                                            -> Forwarder  --.
 *   socket, icmp -> ip.Ipv4Output -> Fragmenter -> arp.LinkOutput -> Nic
 * </pre>
 *
 * <p>One thread owns a stack; nothing here waits, and every entry takes {@code now} in monotonic
 * nanoseconds. What cannot be used is a counted drop. The packages below this one form one layer;
 * it calls {@code time}, {@code frame} and {@code link} and is called by {@code host} and above.
 */
package dev.dockwire.stack;

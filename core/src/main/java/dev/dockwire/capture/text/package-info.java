/**
 * What tcpdump 4.99 prints of a frame: used by the applet {@code tcpdump} and by {@code dockwire
 * dump}.
 *
 * <p>{@code FrameText -> EthernetText -> ArpText, Ipv4Text -> IcmpText, TcpText, UdpText ->
 * DnsText, HttpText}. Each reads {@link dev.dockwire.capture.text.Octets}, of which fewer may have
 * been captured than there were, and appends to a {@link dev.dockwire.capture.text.Line}. The texts
 * are compared with those of the real tcpdump in a test. Not on the data path: this allocates.
 */
package dev.dockwire.capture.text;

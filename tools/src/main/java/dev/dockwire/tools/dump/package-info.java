/**
 * {@code dockwire dump}: prints a capture, one line per frame, as tcpdump would.
 *
 * <p>{@code CaptureReader -> FrameLine -> ArpLine, Ipv4Line -> IcmpLine, TcpLine}. The frames are
 * decoded by pcap4j, not by Dockwire's own codecs: whoever doubts these can compare.
 */
package dev.dockwire.tools.dump;

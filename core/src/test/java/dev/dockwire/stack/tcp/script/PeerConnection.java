package dev.dockwire.stack.tcp.script;

import static dev.dockwire.stack.Frames.address;
import static dev.dockwire.stack.Frames.packet;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.Frames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection as the hand-made peer sees it: addresses, ports and the initial numbers that a
 * script's numbers count from. Turns written segments into packets and the host's packets into
 * text. Knows what the host's program has written, and holds the host's segments to it.
 */
final class PeerConnection {

  private static final int PEER_CLOCK = 1000;
  private static final int DEFAULT_WINDOW = 65_535;
  private static final int ETHERNET = EthernetView.HEADER_LENGTH;
  private static final int QUOTED = Ipv4View.HEADER_LENGTH + 8;

  final String name;
  final String hostAddress;
  final String peerAddress;
  final int peerPort;
  private final int peerIss;
  private int hostPort;
  private int hostIss;
  private boolean hostIssKnown;
  private boolean hostStampKnown;
  private int firstHostStamp;
  private int lastHostStamp;
  private int lastSequence;
  private final Map<Integer, byte[]> sent = new HashMap<>();
  private byte[] written = {};

  PeerConnection(
      String name,
      String hostAddress,
      int hostPort,
      String peerAddress,
      int peerPort,
      int peerIss) {
    this.name = name;
    this.hostAddress = hostAddress;
    this.hostPort = hostPort;
    this.peerAddress = peerAddress;
    this.peerPort = peerPort;
    this.peerIss = peerIss;
  }

  int hostPort() {
    return hostPort;
  }

  boolean isFor(int peer, int remoteTcpPort, int localTcpPort) {
    return address(peerAddress) == peer
        && peerPort == remoteTcpPort
        && (hostPort == localTcpPort || hostPort == 0);
  }

  void hostPort(int tcpPort) {
    hostPort = tcpPort;
  }

  /** The peer's clock for timestamps: milliseconds, from 1000. */
  int clock(long now) {
    return PEER_CLOCK + (int) (now / 1_000_000);
  }

  int echo() {
    return lastHostStamp;
  }

  int hostStamp(int relative) {
    return firstHostStamp + relative;
  }

  int hostStampRead(int stamp) {
    if (!hostStampKnown) {
      hostStampKnown = true;
      firstHostStamp = stamp;
    }
    lastHostStamp = stamp;
    return stamp - firstHostStamp;
  }

  int hostNumber(long relative) {
    return hostIss + (int) relative;
  }

  long peerRelative(int number) {
    return number - peerIss;
  }

  /** What stands at a place of the peer's stream: letters, so that nothing can be taken twice. */
  static byte octetAt(long relative) {
    return (byte) ('a' + Math.floorMod(relative - 1, 26));
  }

  void written(byte[] octets) {
    int before = written.length;
    written = Arrays.copyOf(written, before + octets.length);
    System.arraycopy(octets, 0, written, before, octets.length);
  }

  /** What was written beyond this was not taken. */
  void cutWritten(int octets) {
    written = Arrays.copyOf(written, octets);
  }

  int writtenOctets() {
    return written.length;
  }

  byte[] emit(SegmentText segment, long now) {
    String options = segment.options() == null ? "" : segment.options();
    byte[] optionOctets = OptionText.emit(options, this, now);
    int header = TcpView.HEADER_LENGTH + optionOctets.length;
    byte[] octets = new byte[header + segment.length()];
    System.arraycopy(optionOctets, 0, octets, TcpView.HEADER_LENGTH, optionOctets.length);
    for (int i = 0; i < segment.length(); i++) {
      octets[header + i] =
          segment.data() == null
              ? octetAt(segment.sequence() + i)
              : (byte) segment.data().charAt(i);
    }
    boolean isAck = segment.ack() != SegmentText.NO_ACK;
    TcpView.emitHeader(
        octets,
        0,
        octets.length,
        address(peerAddress),
        address(hostAddress),
        peerPort,
        hostPort,
        peerIss + (int) segment.sequence(),
        isAck ? hostNumber(segment.ack()) : 0,
        header,
        segment.flags(),
        segment.window() == SegmentText.UNWRITTEN ? DEFAULT_WINDOW : segment.window(),
        Math.max(segment.urgent(), 0));
    if (segment.badChecksum()) {
      octets[17] ^= 1;
    }
    byte[] packet = packet(peerAddress, hostAddress, Ipv4View.PROTOCOL_TCP, octets);
    return segment.ecn() > 0 ? Frames.withOctet(packet, 1, segment.ecn()) : packet;
  }

  /** Says what the host has sent. */
  SegmentText describe(byte[] frame, Ipv4View ip, TcpView view) {
    if (view.isSyn() && !hostIssKnown) {
      hostIss = view.sequenceNumber();
      hostIssKnown = true;
      hostPort = view.sourcePort();
    }
    lastSequence = view.sequenceNumber();
    sent.put(lastSequence, Arrays.copyOfRange(frame, ETHERNET, ETHERNET + QUOTED));
    int relative = view.sequenceNumber() - hostIss;
    return new SegmentText(
        view.flags(),
        hostIssKnown ? relative : Integer.toUnsignedLong(relative),
        view.payloadLength(),
        view.isAck() ? peerRelative(view.acknowledgmentNumber()) : SegmentText.NO_ACK,
        view.window(),
        view.isUrg() ? view.urgentPointer() : SegmentText.UNWRITTEN,
        ip.typeOfService() & 3,
        null,
        OptionText.read(frame, view.optionsOffset(), view.optionsLength(), this),
        false,
        otherMac(frame));
  }

  /** The station that a frame goes to, if it is not the one that the address tells of. */
  private String otherMac(byte[] frame) {
    String to = new MacAddress(NetworkOrder.mac48(frame, 0)).toString();
    return to.equals(Frames.macOf(peerAddress)) ? null : to;
  }

  /** Throws if the data of a segment of the host is not what its program has written there. */
  void checkData(byte[] frame, TcpView view) {
    int length = view.payloadLength();
    int index = view.sequenceNumber() - hostIss - 1;
    if (length > 0
        && (index < 0
            || index + length > written.length
            || !Arrays.equals(
                frame,
                view.payloadOffset(),
                view.payloadOffset() + length,
                written,
                index,
                index + length))) {
      throw new IllegalArgumentException(
          "the data of the segment at " + (index + 1) + " is not what was written there");
    }
  }

  /**
   * The start of a packet of the host as a router quotes it: the last, or the last with a number.
   */
  byte[] quote(long relative, boolean last) {
    byte[] start = sent.get(last ? lastSequence : hostNumber(relative));
    return start != null ? start : strange(hostNumber(relative));
  }

  /** The start of a packet that the host has not sent. */
  private byte[] strange(int sequence) {
    byte[] start = sent.get(lastSequence).clone();
    NetworkOrder.int32(start, Ipv4View.HEADER_LENGTH + 4, sequence);
    return start;
  }
}

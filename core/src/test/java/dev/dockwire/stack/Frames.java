package dev.dockwire.stack;

import dev.dockwire.frame.ArpView;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.UdpView;
import java.util.Arrays;

/** Makes the frames that a scripted peer sends; everything in them is right unless told else. */
public final class Frames {

  public static final String BROADCAST = "ff:ff:ff:ff:ff:ff";

  private Frames() {}

  public static int address(String text) {
    return Ipv4Address.parse(text).value();
  }

  /** The address that a host with this IPv4 address has on the wire. */
  public static String macOf(String ipv4) {
    return MacAddress.fromIpv4(Ipv4Address.parse(ipv4)).toString();
  }

  private static long mac(String text) {
    return MacAddress.parse(text).value();
  }

  public static byte[] ethernet(String to, String from, int type, byte[] payload) {
    byte[] frame = new byte[EthernetView.HEADER_LENGTH + payload.length];
    EthernetView.emitHeader(frame, 0, mac(to), mac(from), type);
    System.arraycopy(payload, 0, frame, EthernetView.HEADER_LENGTH, payload.length);
    return frame;
  }

  public static byte[] arp(
      String to, int operation, String senderMac, String sender, String targetMac, String target) {
    byte[] message = new byte[ArpView.LENGTH];
    ArpView.emit(
        message, 0, operation, mac(senderMac), address(sender), mac(targetMac), address(target));
    return ethernet(to, senderMac, EthernetView.TYPE_ARP, message);
  }

  public static byte[] arpRequest(String sender, String target) {
    String nobody = "00:00:00:00:00:00";
    return arp(BROADCAST, ArpView.REQUEST, macOf(sender), sender, nobody, target);
  }

  public static byte[] arpReply(String sender, String senderMac, String target) {
    return arp(macOf(target), ArpView.REPLY, senderMac, sender, macOf(target), target);
  }

  /** A packet on its way; {@code with} changes the header, whose checksum is then made right. */
  public static byte[] packet(String from, String to, int protocol, byte[] payload) {
    byte[] packet = new byte[Ipv4View.HEADER_LENGTH + payload.length];
    System.arraycopy(payload, 0, packet, Ipv4View.HEADER_LENGTH, payload.length);
    Ipv4View.emitHeader(
        packet, 0, packet.length, 0x1234, false, 64, protocol, address(from), address(to));
    return packet;
  }

  /** A fragment; {@code offset} in octets. */
  public static byte[] fragment(
      String from, String to, int id, int protocol, int offset, boolean more, byte[] payload) {
    byte[] packet = packet(from, to, protocol, payload);
    NetworkOrder.short16(packet, 4, id);
    NetworkOrder.short16(packet, 6, (more ? 0x2000 : 0) | offset >>> 3);
    return fixChecksum(packet);
  }

  /** The packet with options in its header, padded to whole words. */
  public static byte[] withOptions(byte[] packet, int... options) {
    int padded = options.length + 3 & ~3;
    byte[] longer = new byte[packet.length + padded];
    System.arraycopy(packet, 0, longer, 0, 20);
    for (int i = 0; i < options.length; i++) {
      longer[20 + i] = (byte) options[i];
    }
    System.arraycopy(packet, 20, longer, 20 + padded, packet.length - 20);
    longer[0] = (byte) (0x40 | 20 + padded >>> 2);
    NetworkOrder.short16(longer, 2, longer.length);
    return fixChecksum(longer);
  }

  /** Sets one octet of a packet's header and makes the checksum right again. */
  public static byte[] withOctet(byte[] packet, int index, int value) {
    packet[index] = (byte) value;
    return fixChecksum(packet);
  }

  public static byte[] fixChecksum(byte[] packet) {
    Ipv4View header = new Ipv4View();
    header.wrapQuoted(packet, 0, packet.length);
    header.updateChecksum();
    return packet;
  }

  public static byte[] echo(int type, int identifier, int sequence, int length) {
    byte[] message = new byte[IcmpView.HEADER_LENGTH + length];
    for (int i = 0; i < length; i++) {
      message[IcmpView.HEADER_LENGTH + i] = (byte) i;
    }
    IcmpView.emitHeader(message, 0, message.length, type, 0, identifier << 16 | sequence);
    return message;
  }

  public static byte[] echoRequest(int length) {
    return echo(IcmpView.ECHO_REQUEST, 7, 1, length);
  }

  public static byte[] icmpError(int type, int code, int rest, byte[] quote) {
    byte[] message = new byte[IcmpView.HEADER_LENGTH + quote.length];
    System.arraycopy(quote, 0, message, IcmpView.HEADER_LENGTH, quote.length);
    IcmpView.emitHeader(message, 0, message.length, type, code, rest);
    return message;
  }

  public static byte[] udp(String from, String to, int length) {
    byte[] datagram = new byte[UdpView.HEADER_LENGTH + length];
    Arrays.fill(datagram, (byte) 'u');
    UdpView.emitHeader(datagram, 0, datagram.length, address(from), address(to), 5000, 6000);
    return datagram;
  }
}

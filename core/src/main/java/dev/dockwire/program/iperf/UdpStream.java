package dev.dockwire.program.iperf;

import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A stream of numbered datagrams: seconds, microseconds and number, four octets each, then filling.
 * The receiver counts numbers that are missing as lost, and estimates jitter as RTP does (RFC 3550,
 * section 6.4.1).
 */
final class UdpStream extends DataStream {

  private static final int HEADER = 12;

  private final UdpHub hub;
  private final int address;
  private final int udpPort;
  private final int ownAddress;
  private long packets;
  private long lost;
  private double jitterSeconds;
  private double lastTransit;

  UdpStream(UdpHub hub, int ownAddress, int address, int udpPort, int socketNumber, int id) {
    super(socketNumber, id);
    this.hub = hub;
    this.ownAddress = ownAddress;
    this.address = address;
    this.udpPort = udpPort;
  }

  @Override
  int send(byte[] block, int offset, int length, long now) throws IOException {
    long micros = TimeUnit.NANOSECONDS.toMicros(now);
    NetworkOrder.int32(block, 0, (int) (micros / 1_000_000));
    NetworkOrder.int32(block, 4, (int) (micros % 1_000_000));
    NetworkOrder.int32(block, 8, (int) ++packets);
    hub.socket().sendTo(address, udpPort, block, 0, length);
    count(length);
    return length;
  }

  @Override
  boolean receive(byte[] buffer, long now) throws IOException {
    return hub.receive(now);
  }

  /** A datagram of this stream has arrived. */
  void take(byte[] payload, long now) {
    if (payload.length < HEADER) {
      return;
    }
    count(payload.length);
    long number = NetworkOrder.int32(payload, 8) & 0xffff_ffffL;
    if (number > packets) {
      lost += number - packets - 1;
      packets = number;
    } else if (lost > 0) {
      lost--;
    }
    double sent = NetworkOrder.int32(payload, 0) + NetworkOrder.int32(payload, 4) / 1e6;
    double transit = TimeUnit.NANOSECONDS.toMicros(now) / 1e6 - sent;
    double change = lastTransit == 0 ? 0 : Math.abs(transit - lastTransit);
    jitterSeconds += (change - jitterSeconds) / 16;
    lastTransit = transit;
  }

  @Override
  boolean canSend() {
    return true;
  }

  @Override
  boolean canReceive() {
    return hub.canReceive();
  }

  @Override
  WaitQueue changed() {
    return hub.changed();
  }

  @Override
  void close() {
    hub.close();
  }

  @Override
  long packets() {
    return packets;
  }

  @Override
  long lost() {
    return lost;
  }

  @Override
  double jitterSeconds() {
    return jitterSeconds;
  }

  @Override
  int localAddress() {
    return ownAddress;
  }

  @Override
  int localPort() {
    return hub.socket().localPort();
  }

  @Override
  int remoteAddress() {
    return address;
  }

  @Override
  int remotePort() {
    return udpPort;
  }
}

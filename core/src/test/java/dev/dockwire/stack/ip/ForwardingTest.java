package dev.dockwire.stack.ip;

import static dev.dockwire.stack.Frames.echoRequest;
import static dev.dockwire.stack.Frames.ethernet;
import static dev.dockwire.stack.Frames.macOf;
import static dev.dockwire.stack.Frames.packet;
import static dev.dockwire.stack.Frames.withOctet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.Wire.Segment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows I3, I10, I11 and I15 of the conformance table, as far as they concern a router. */
class ForwardingTest {

  private static final String PEER = "10.0.0.2";
  private static final String FAR = "10.1.0.2";
  private static final String REQUEST = "10.0.0.2 > 10.1.0.2 echo request id 7 seq 1 length 8";

  private final Wire wire = new Wire("10.0.0.1/24");
  private final Segment far = wire.addSegment("eth1", "10.1.0.1/24", 1400);

  @BeforeEach
  void makeItARouter() {
    wire.stack.forwarding(true);
    wire.know(PEER, wire.eth0);
    wire.know(FAR, far.via());
  }

  private static byte[] request(String to) {
    return packet(PEER, to, 1, echoRequest(8));
  }

  @Test
  void aPacketGoesOnWithOneHopLessToLive() {
    wire.sendPacket(request(FAR));
    byte[] frame = far.expect(REQUEST);
    assertThat(frame[14 + 8]).as("TTL").isEqualTo((byte) 63);
    wire.expectNothing();
    wire.stack.forwarding(false);
    wire.sendPacket(request(FAR));
    far.expectNothing();
    wire.expectDrops(DropReason.IP_NOT_MINE, 1);
  }

  @Test
  void i3ATimeToLiveOf1EndsHere() {
    wire.sendPacket(withOctet(request(FAR), 8, 2));
    far.expect(REQUEST);
    wire.sendPacket(withOctet(request(FAR), 8, 1));
    wire.expect("10.0.0.1 > 10.0.0.2 time exceeded 0");
    wire.sendPacket(withOctet(request(FAR), 8, 0));
    wire.expect("10.0.0.1 > 10.0.0.2 time exceeded 0");
    wire.expectDrops(DropReason.IP_TTL, 2);
    far.expectNothing();
  }

  @Test
  void i10BroadcastsAreNeverForwarded() {
    for (String everybody : new String[] {"10.1.0.255", "255.255.255.255", "224.0.0.9"}) {
      wire.sendPacket(request(everybody));
    }
    wire.send(ethernet(Frames.BROADCAST, macOf(PEER), EthernetView.TYPE_IPV4, request(FAR)));
    wire.expectDrops(DropReason.IP_L2_BCAST_UNICAST, 1);
    far.expectNothing();
    wire.expectNothing();
  }

  @Test
  void i11WithoutARouteTheNetworkIsUnreachable() {
    wire.sendPacket(request("192.168.9.9"));
    wire.expect("10.0.0.1 > 10.0.0.2 unreachable 0");
    wire.expectDrops(DropReason.IP_NO_ROUTE, 1);
  }

  @Test
  void i11WithoutAnAnswerToArpTheHostIsUnreachable() {
    wire.sendPacket(request("10.1.0.9"));
    for (int second = 0; second < 3; second++) {
      wire.at(second * 1000);
      far.expect("who-has 10.1.0.9 tell 10.1.0.1 [ff:ff:ff:ff:ff:ff]");
    }
    wire.expectNothing();
    wire.at(3000);
    wire.expect("10.0.0.1 > 10.0.0.2 unreachable 1");
    wire.sendPacket(request("10.1.0.9"));
    wire.expect("10.0.0.1 > 10.0.0.2 unreachable 1");
    far.expectNothing();
    wire.expectDrops(DropReason.ARP_UNRESOLVED, 2);
  }

  @Test
  void i11WhatMayNotBeFragmentedIsRefusedWithTheMtu() {
    byte[] big = packet(PEER, FAR, 17, new byte[1381]);
    wire.sendPacket(withOctet(big, 6, 0x40));
    wire.expect("10.0.0.1 > 10.0.0.2 unreachable 4 mtu 1400");
    wire.expectDrops(DropReason.IP_TOO_BIG, 1);
    wire.sendPacket(withOctet(packet(PEER, FAR, 17, new byte[1380]), 6, 0x40));
    far.expect("10.0.0.2 > 10.1.0.2 udp 1372");
  }

  @Test
  void aRouterAnswersAtAllItsAddresses() {
    wire.sendPacket(request("10.1.0.1"));
    wire.expect("10.1.0.1 > 10.0.0.2 echo reply id 7 seq 1 length 8");
  }

  @Test
  void theLongestPrefixWinsThenTheLowestMetric() {
    wire.know("10.0.0.7", wire.eth0);
    Ipv4Address gateway = Ipv4Address.parse("10.0.0.7");
    wire.stack.routes().add(route("0.0.0.0/0", Ipv4Address.parse(FAR), far));
    wire.sendPacket(request("8.8.8.8"));
    far.expect("10.0.0.2 > 8.8.8.8 echo request id 7 seq 1 length 8");
    wire.stack
        .routes()
        .add(
            new Route(
                Ipv4Prefix.parse("8.8.0.0/16"),
                gateway,
                wire.eth0,
                Ipv4Address.parse("10.0.0.1"),
                5));
    wire.sendPacket(request("8.8.8.8"));
    byte[] frame = wire.expect("10.0.0.2 > 8.8.8.8 echo request id 7 seq 1 length 8");
    assertThat(frame).startsWith(2, 0x42, 10, 0, 0, 7);
    wire.stack.routes().add(route("8.8.0.0/16", Ipv4Address.parse(FAR), far));
    wire.sendPacket(request("8.8.8.8"));
    far.expect("10.0.0.2 > 8.8.8.8 echo request id 7 seq 1 length 8");
  }

  private static Route route(String network, Ipv4Address gateway, Segment segment) {
    return new Route(
        Ipv4Prefix.parse(network), gateway, segment.via(), Ipv4Address.parse("10.1.0.1"), 0);
  }

  @Test
  void i15ARedirectIsSentOnlyIfEnabledAndThePacketForwardedAnyway() {
    wire.know("10.0.0.3", wire.eth0);
    wire.sendPacket(request("10.0.0.3"));
    wire.expect("10.0.0.2 > 10.0.0.3 echo request id 7 seq 1 length 8");
    wire.expectNothing();
    wire.stack.icmp().errors().sendRedirects(true);
    wire.sendPacket(request("10.0.0.3"));
    wire.expect("10.0.0.1 > 10.0.0.2 redirect 1 to 10.0.0.3");
    wire.expect("10.0.0.2 > 10.0.0.3 echo request id 7 seq 1 length 8");
  }
}

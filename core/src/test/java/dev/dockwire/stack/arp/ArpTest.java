package dev.dockwire.stack.arp;

import static dev.dockwire.stack.Frames.BROADCAST;
import static dev.dockwire.stack.Frames.arp;
import static dev.dockwire.stack.Frames.arpReply;
import static dev.dockwire.stack.Frames.arpRequest;
import static dev.dockwire.stack.Frames.macOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.ArpView;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.socket.PingSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rows A1 to A6 of the conformance table. */
class ArpTest {

  private static final String HOST = "10.0.0.1";
  private static final String PEER = "10.0.0.2";
  private static final String OTHER_MAC = "02:00:00:00:00:77";
  private static final String ASKS_PEER = "who-has 10.0.0.2 tell 10.0.0.1 [" + BROADCAST + "]";

  private final Wire wire = new Wire("10.0.0.1/24");
  private final PingSocket ping = PingSocket.open(wire.stack, 7);

  private SendResult ping(String to) {
    return ping.sendEcho(Frames.address(to), 1, 64, new byte[56], 56, wire.now());
  }

  private NeighbourState state() {
    List<Neighbour> all = wire.stack.neighbours().entries(wire.now());
    assertThat(all).hasSize(1);
    return all.getFirst().state();
  }

  private String peerMac() {
    return wire.stack.neighbours().entries(wire.now()).getFirst().mac().toString();
  }

  @Test
  void a1AsksThreeTimesASecondApartThenGivesUpAndHoldsForASecond() {
    List<String> errors = new ArrayList<>();
    ping.handler(
        (source, ttl, message, now) ->
            errors.add(Ipv4Address.toString(source) + " " + message.type() + "/" + message.code()));
    assertThat(ping(PEER)).isEqualTo(SendResult.SENT);
    for (int second = 0; second < 3; second++) {
      wire.at(second * 1000);
      wire.expect(ASKS_PEER);
      wire.at(second * 1000 + 999);
      wire.expectNothing();
    }
    assertThat(errors).isEmpty();
    wire.at(3000);
    assertThat(errors).containsExactly("10.0.0.1 3/1");
    wire.expectDrops(DropReason.ARP_UNRESOLVED, 1);
    assertThat(state()).isEqualTo(NeighbourState.FAILED);
    wire.at(3999);
    assertThat(ping(PEER)).isEqualTo(SendResult.HOST_UNREACHABLE);
    wire.expectNothing();
    wire.at(4000);
    assertThat(ping(PEER)).isEqualTo(SendResult.SENT);
    wire.expect(ASKS_PEER);
  }

  @Test
  void a2KeepsSixtyFourPacketsInOrderAndDropsTheOldest() {
    for (int sequence = 0; sequence < 70; sequence++) {
      ping.sendEcho(Frames.address(PEER), sequence, 64, new byte[8], 8, wire.now());
    }
    wire.expect(ASKS_PEER);
    wire.expectDrops(DropReason.ARP_QUEUE_DROP, 6);
    wire.send(arpReply(PEER, macOf(PEER), HOST));
    for (int sequence = 6; sequence < 70; sequence++) {
      wire.expect("10.0.0.1 > 10.0.0.2 echo request id 7 seq " + sequence + " length 8");
    }
    wire.expectNothing();
    assertThat(wire.stack.neighbours().waiting()).isZero();
  }

  @Test
  void a2KeepsFourThousandPacketsForAllNeighbours() {
    for (int neighbour = 2; neighbour < 72; neighbour++) {
      for (int sequence = 0; sequence < 64; sequence++) {
        ping("10.0.0." + neighbour);
      }
    }
    assertThat(wire.stack.neighbours().waiting()).isEqualTo(4_096);
    wire.expectDrops(DropReason.ARP_QUEUE_DROP, 70 * 64 - 4_096);
    wire.count();
    wire.send(arpReply("10.0.0.2", macOf("10.0.0.2"), HOST));
    wire.expectNothing();
    wire.send(arpReply("10.0.0.71", macOf("10.0.0.71"), HOST));
    assertThat(wire.count()).as("the newest are kept").isEqualTo(64);
  }

  @Test
  void a3ReachableThenStaleThenDelayThenThreeUnicastProbes() {
    ping(PEER);
    wire.expect(ASKS_PEER);
    wire.send(arpReply(PEER, macOf(PEER), HOST));
    wire.expect("10.0.0.1 > 10.0.0.2 echo request id 7 seq 1 length 56");
    wire.at(14_999);
    assertThat(state()).isEqualTo(NeighbourState.REACHABLE);
    wire.at(45_000);
    assertThat(state()).isEqualTo(NeighbourState.STALE);
    ping(PEER);
    assertThat(state()).isEqualTo(NeighbourState.DELAY);
    wire.expect("10.0.0.1 > 10.0.0.2 echo request id 7 seq 1 length 56");
    wire.at(49_999);
    wire.expectNothing();
    for (int probe = 0; probe < 3; probe++) {
      wire.at(50_000 + probe * 1000);
      assertThat(state()).isEqualTo(NeighbourState.PROBE);
      wire.expect("who-has 10.0.0.2 tell 10.0.0.1 [" + macOf(PEER) + "]");
    }
    wire.at(53_000);
    assertThat(state()).isEqualTo(NeighbourState.FAILED);
  }

  @Test
  void a3AProbeThatIsAnsweredMakesItReachableAgain() {
    wire.send(arpRequest(PEER, HOST));
    wire.expect("10.0.0.1 is-at " + macOf(HOST) + " [" + macOf(PEER) + "]");
    assertThat(state()).isEqualTo(NeighbourState.STALE);
    ping(PEER);
    wire.expect("10.0.0.1 > 10.0.0.2 echo request id 7 seq 1 length 56");
    wire.at(5_000);
    wire.expect("who-has 10.0.0.2 tell 10.0.0.1 [" + macOf(PEER) + "]");
    wire.send(arpReply(PEER, macOf(PEER), HOST));
    assertThat(state()).isEqualTo(NeighbourState.REACHABLE);
    wire.at(15_000);
    wire.expectNothing();
  }

  @Test
  void a3ReachableTimeDiffersBetweenSeeds() {
    List<Long> ends = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      Wire other = new Wire("10.0.0.1/24", seed);
      PingSocket socket = PingSocket.open(other.stack).orElseThrow();
      socket.sendEcho(Frames.address(PEER), 1, 64, new byte[8], 8, 0);
      other.send(arpReply(PEER, macOf(PEER), HOST));
      long second = 0;
      NeighbourState state = NeighbourState.REACHABLE;
      while (state == NeighbourState.REACHABLE) {
        other.at(++second * 1000);
        state = other.stack.neighbours().entries(other.now()).getFirst().state();
      }
      ends.add(second);
    }
    assertThat(ends).allMatch(second -> second >= 15 && second <= 45);
    assertThat(ends.stream().distinct().count()).isGreaterThan(2);
  }

  @Test
  void a3AThousandAndTwentyFourEntriesAndTheUnusedGoFirst() {
    Wire wide = new Wire("10.0.0.1/16");
    wide.stack.neighbours().pin(Ipv4Address.parse(PEER), MacAddress.parse(OTHER_MAC), wide.eth0, 0);
    for (int i = 0; i < 3_000; i++) {
      wide.send(arpRequest("10.0." + (1 + i / 250) + "." + (1 + i % 250), HOST));
    }
    assertThat(wide.stack.neighbours().size()).isEqualTo(NeighbourCache.MAX_ENTRIES);
    List<Neighbour> all = wide.stack.neighbours().entries(wide.now());
    assertThat(all.getFirst().state()).isEqualTo(NeighbourState.PERMANENT);
    assertThat(all.getLast().address()).isEqualTo(Ipv4Address.parse("10.0.12.250"));
    assertThat(all.get(1).address()).isEqualTo(Ipv4Address.parse("10.0.8.228"));
  }

  @Test
  void a4OnlyARequestToUsMakesAnEntry() {
    wire.send(arpReply(PEER, macOf(PEER), HOST));
    wire.send(arp(BROADCAST, ArpView.REQUEST, macOf(PEER), PEER, macOf(PEER), PEER));
    wire.send(arpRequest(PEER, "10.0.0.3"));
    assertThat(wire.stack.neighbours().size()).isZero();
    wire.expectDrops(DropReason.ARP_NOT_MINE, 3);
    wire.send(arpRequest(PEER, HOST));
    assertThat(state()).isEqualTo(NeighbourState.STALE);
  }

  @Test
  void a4AnOffSubnetSenderIsNeitherLearntNorAnswered() {
    wire.send(arpRequest("10.9.9.9", HOST));
    wire.expectNothing();
    wire.expectDrops(DropReason.ARP_OFF_NET, 1);
    assertThat(wire.stack.neighbours().size()).isZero();
  }

  @Test
  void a4AMacChangesAtMostOnceASecondAndIsTold() {
    List<String> changes = new ArrayList<>();
    wire.stack
        .neighbours()
        .onChange((address, before, after, now) -> changes.add(address + " " + after));
    wire.send(arpRequest(PEER, HOST));
    wire.at(999);
    wire.send(arp(BROADCAST, ArpView.REQUEST, OTHER_MAC, PEER, OTHER_MAC, PEER));
    assertThat(peerMac()).isEqualTo(macOf(PEER));
    wire.expectDrops(DropReason.ARP_CONFLICT, 1);
    wire.at(1000);
    wire.send(arp(BROADCAST, ArpView.REQUEST, OTHER_MAC, PEER, OTHER_MAC, PEER));
    assertThat(peerMac()).isEqualTo(OTHER_MAC);
    assertThat(changes).containsExactly("10.0.0.2 " + OTHER_MAC);
  }

  @Test
  void a4APinnedEntryNeverChanges() {
    wire.know(PEER, wire.eth0);
    wire.at(5000);
    wire.send(arpReply(PEER, OTHER_MAC, HOST));
    assertThat(peerMac()).isEqualTo(macOf(PEER));
    assertThat(state()).isEqualTo(NeighbourState.PERMANENT);
  }

  @Test
  void a5GarbageIsDroppedByCause() {
    for (int cut = 14; cut < 42; cut++) {
      wire.send(Arrays.copyOf(arpRequest(PEER, HOST), cut));
    }
    wire.expectDrops(DropReason.ARP_BAD_LEN, 28);
    int[][] fieldValueCount = {{14 + 1, 6}, {14 + 3, 1}, {14 + 4, 7}, {14 + 5, 0}, {14 + 7, 9}};
    for (int[] fieldAndValue : fieldValueCount) {
      byte[] frame = arpRequest(PEER, HOST);
      frame[fieldAndValue[0]] = (byte) fieldAndValue[1];
      wire.send(frame);
    }
    wire.expectDrops(DropReason.ARP_BAD_HW, 1);
    wire.expectDrops(DropReason.ARP_BAD_PROTO, 1);
    wire.expectDrops(DropReason.ARP_BAD_LEN, 30);
    wire.expectDrops(DropReason.ARP_BAD_OP, 1);
    byte[] otherSender = arpRequest(PEER, HOST);
    otherSender[14 + 13] ^= 1;
    wire.send(otherSender);
    wire.send(arp(BROADCAST, 1, "03:00:00:00:00:02", PEER, BROADCAST, HOST));
    wire.send(arp(BROADCAST, 1, "00:00:00:00:00:00", PEER, BROADCAST, HOST));
    wire.expectDrops(DropReason.ARP_BAD_SHA, 3);
    for (String sender : List.of("255.255.255.255", "10.0.0.255", "127.0.0.1", "224.0.0.5")) {
      wire.send(arp(BROADCAST, 1, macOf(PEER), sender, BROADCAST, HOST));
    }
    wire.send(arp(macOf(HOST), ArpView.REPLY, macOf(PEER), "0.0.0.0", BROADCAST, HOST));
    wire.expectDrops(DropReason.ARP_BAD_SPA, 5);
    wire.expectNothing();
    assertThat(wire.stack.neighbours().size()).isZero();
  }

  @Test
  void a6AProbeIsAnsweredAndNotLearnt() {
    wire.send(arp(BROADCAST, 1, macOf(PEER), "0.0.0.0", "00:00:00:00:00:00", HOST));
    wire.expect("10.0.0.1 is-at " + macOf(HOST) + " [" + macOf(PEER) + "]");
    assertThat(wire.stack.neighbours().size()).isZero();
  }

  @Test
  void a6OurAddressIsDefendedOnceInTenSeconds() {
    String defence = "who-has 10.0.0.1 tell 10.0.0.1 [" + BROADCAST + "]";
    byte[] claim = arp(BROADCAST, 1, OTHER_MAC, HOST, "00:00:00:00:00:00", HOST);
    wire.send(claim);
    wire.expect(defence);
    wire.at(9_999);
    wire.send(claim);
    wire.expectNothing();
    wire.at(10_000);
    wire.send(claim);
    wire.expect(defence);
    wire.expectDrops(DropReason.ARP_CONFLICT, 3);
  }

  @Test
  void anAnnouncementIsAGratuitousRequestOf42Bytes() {
    wire.eth0.announce(wire.now());
    byte[] frame = wire.expect("who-has 10.0.0.1 tell 10.0.0.1 [" + BROADCAST + "]");
    assertThat(frame).hasSize(42);
  }

  @Test
  void whatIsKnownGoesWithTheInterfaceThatGoesDown() {
    ping(PEER);
    wire.eth0.up(false, wire.now());
    assertThat(wire.stack.neighbours().size()).isZero();
    wire.expectDrops(DropReason.ARP_QUEUE_DROP, 1);
    assertThat(wire.timers.armed()).isZero();
    assertThat(ping(PEER)).isEqualTo(SendResult.NETWORK_UNREACHABLE);
    wire.eth0.up(true, wire.now());
    assertThat(ping(PEER)).isEqualTo(SendResult.SENT);
    String routes =
        wire.stack.routes().routes().stream()
            .map(route -> route.destination().toString())
            .collect(Collectors.joining(","));
    assertThat(routes).isEqualTo("10.0.0.0/24");
  }
}

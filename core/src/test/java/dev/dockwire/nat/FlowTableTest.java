package dev.dockwire.nat;

import static dev.dockwire.nat.Router.A;
import static dev.dockwire.nat.Router.HOST;
import static dev.dockwire.nat.Router.SERVER;
import static dev.dockwire.nat.Router.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Row N15 of the conformance table, and that the table finds what it holds. */
class FlowTableTest {

  private final Router router = new Router(3);

  private void query(int port) {
    router.fromBridge(udp(A, port, SERVER, 53));
  }

  private void answer(int port) {
    router.fromOutside(udp(SERVER, 53, HOST, port));
  }

  private List<String> ports() {
    return router.netfilter.list(router.wire.now()).stream()
        .map(line -> line.replaceAll(".*?sport=(\\d+).*", "$1"))
        .sorted()
        .toList();
  }

  @Test
  void n15WhatNobodyAnsweredGivesWayFirstThenTheLongestSilent() {
    query(1);
    answer(1);
    query(2);
    query(3);
    query(4);
    assertThat(ports()).containsExactly("1", "3", "4");
    answer(3);
    answer(4);
    query(5);
    assertThat(ports()).containsExactly("3", "4", "5");
    query(6);
    assertThat(ports()).containsExactly("3", "4", "6");
    assertThat(router.netfilter.evicted()).isEqualTo(3);
    assertThat(router.netfilter.mappings().size()).isEqualTo(3);
  }

  @Test
  void n15WhatIsAssuredNeverGivesWay() {
    for (int port = 1; port <= 3; port++) {
      query(port);
      answer(port);
      query(port);
    }
    router.ignore();
    query(4);
    router.expectNothing();
    router.wire.expectDrops(DropReason.NAT_TABLE_FULL, 1);
    assertThat(ports()).containsExactly("1", "2", "3");
    assertThat(router.netfilter.mappings().size()).isEqualTo(3);
  }

  @Test
  void aServerTakes64ThousandFlowsOfOneHostAndTheNextOneIsRefused() {
    Router whole = new Router();
    for (int port = 1_024; port < 65_536; port++) {
      whole.fromBridge(udp(A, port, SERVER, 53));
      whole.ignore();
    }
    assertThat(whole.netfilter.flows()).isEqualTo(64_512);
    whole.fromBridge(udp(Router.B, 5_000, SERVER, 53));
    whole.expectNothing();
    whole.wire.expectDrops(DropReason.NAT_NO_PORT, 1);
    whole.fromOutside(udp(SERVER, 53, HOST, 65_535));
    whole.expectBridge("udp 10.0.2.2:53 > 172.17.0.2:65535");
    whole.afterSeconds(121);
    assertThat(whole.netfilter.flows()).as("but the one that was answered").isOne();
  }

  @Test
  void everyFlowIsFoundByBothItsTuplesAfterAnyComingAndGoing() {
    RandomGenerator random = new Seed(5).generator("flows");
    FlowTable table = new FlowTable(2_000, random.nextInt(), new Timers(), _ -> {});
    List<Flow> present = new ArrayList<>();
    List<Flow> gone = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (present.size() < 1_500 && random.nextInt(5) > 1) {
        Tuple tuple = new Tuple();
        tuple.set(random.nextInt(64), 1_000 + random.nextInt(64), 17, random.nextInt());
        Flow flow = new Flow(tuple, null, FlowAge.UDP_UNANSWERED);
        if (table.find(flow.original) == null && table.add(flow, i)) {
          present.add(flow);
        }
      } else if (!present.isEmpty()) {
        Flow flow = present.remove(random.nextInt(present.size()));
        table.remove(flow);
        gone.add(flow);
      }
    }
    assertThat(table.size()).isEqualTo(present.size());
    for (Flow flow : present) {
      assertThat(table.find(flow.original)).isSameAs(flow.original);
      assertThat(table.find(flow.reply)).isSameAs(flow.reply);
    }
    assertThat(gone).hasSizeGreaterThan(1_000);
    for (Flow flow : gone) {
      FlowSide found = table.find(flow.original);
      assertThat(found == null || found.flow != flow).isTrue();
    }
  }
}

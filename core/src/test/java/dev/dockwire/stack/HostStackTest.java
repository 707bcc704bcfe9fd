package dev.dockwire.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostStackTest {

  private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
  private static final Ipv4Prefix ADDRESS = Ipv4Prefix.parse("10.0.0.1/24");

  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Timers timers = new Timers();

  @Test
  void anIdleStackTakesLessThanFourKilobytes() {
    List<HostStack> kept = new ArrayList<>(1_100);
    kept.add(stackWithAddress());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      kept.add(stackWithAddress());
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
    assertThat(each).as("bytes allocated for a stack with its NIC").isLessThan(4_096);
  }

  private HostStack stackWithAddress() {
    HostStack stack = new HostStack("h", timers, new Seed(1).generator("h"));
    Nic nic = new Nic("eth0", MAC, 1500, fabric);
    stack.attach(nic).address(ADDRESS, 0);
    return stack;
  }

  @Test
  void interfacesComeInTheOrderTheyWereAttachedAndGoWithTheirRoutes() {
    HostStack stack = stackWithAddress();
    Nic second = new Nic("eth1", MacAddress.parse("02:00:00:00:00:02"), 1500, fabric);
    StackInterface eth1 = stack.attach(second);
    eth1.address(Ipv4Prefix.parse("10.1.0.1/24"), 0);
    assertThat(stack.interfaces()).extracting(StackInterface::name).containsExactly("eth0", "eth1");
    assertThat(stack.routes().routes()).hasSize(2);
    assertThat(stack.findInterface("eth1")).contains(eth1);
    stack.detach(eth1);
    assertThat(stack.findInterface("eth1")).isEmpty();
    assertThat(stack.routes().routes())
        .extracting(route -> route.destination().toString())
        .containsExactly("10.0.0.0/24");
    assertThat(stack.isLocal(Frames.address("10.1.0.1"))).isFalse();
  }

  @Test
  void aDropIsTheFateOfAUnicastFrameButNotOfAFloodedOne() {
    HostStack stack = stackWithAddress();
    Nic nic = stack.interfaces().getFirst().nic();
    byte[] bytes =
        Frames.ethernet(nic.mac().toString(), Frames.macOf("10.0.0.2"), 0x86dd, new byte[40]);
    FrameSlot unicast = new FrameSlot(bytes, 0, bytes.length);
    unicast.fill(nic, bytes.length, 0);
    nic.receive(unicast, 0);
    assertThat(unicast.fate()).isEqualTo(FrameSlot.Fate.DROPPED);
    assertThat(unicast.dropReason()).isEqualTo(DropReason.ETH_UNKNOWN_TYPE);
    FrameSlot flooded = new FrameSlot(bytes, 0, bytes.length);
    flooded.fill(nic, bytes.length, 0);
    flooded.settle(FrameSlot.Fate.FLOODED, nic);
    nic.receive(flooded, 0);
    assertThat(flooded.fate()).isEqualTo(FrameSlot.Fate.FLOODED);
    assertThat(stack.refused()).isEqualTo(2);
  }
}

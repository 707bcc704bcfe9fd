package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Host;
import dev.dockwire.link.NicCounters;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.tools.template.GoStruct;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a container uses, as {@code GET /containers/C/stats} answers. Its frames and its processes
 * are counted; all containers share one thread and one heap, so processor time and memory are not
 * known for one of them and are 0.
 */
public final class StatsView {

  private StatsView() {}

  /**
   * A container's figures.
   *
   * @param before when the ones before were taken
   */
  public static GoStruct of(Container container, Engine engine, String before, String now) {
    return new Fields()
        .put("name", "/" + container.name())
        .put("id", container.id())
        .put("read", container.isRunning() ? now : WallClock.NEVER)
        .put("preread", before)
        .put("pids_stats", processes(container))
        .put("blkio_stats", Map.of())
        .put("num_procs", 0)
        .put("storage_stats", Map.of())
        .put("cpu_stats", processor())
        .put("precpu_stats", processor())
        .put("memory_stats", Map.of())
        .putIfPresent(
            "networks",
            container
                .host()
                .filter(host -> host.stack() != engine.dockerHost().host().stack())
                .map(StatsView::networks))
        .as("container.StatsResponse");
  }

  private static GoStruct processes(Container container) {
    return new Fields()
        .putIfPresent("current", container.host().map(host -> host.processes().list().size()))
        .as("container.PidsStats");
  }

  private static GoStruct processor() {
    return new Fields()
        .put(
            "cpu_usage",
            new Fields()
                .all(0, "total_usage", "usage_in_kernelmode", "usage_in_usermode")
                .as("container.CPUUsage"))
        .put("online_cpus", 1)
        .put(
            "throttling_data",
            new Fields()
                .all(0, "periods", "throttled_periods", "throttled_time")
                .as("container.ThrottlingData"))
        .as("container.CPUStats");
  }

  private static Map<String, GoStruct> networks(Host host) {
    Map<String, GoStruct> networks = new TreeMap<>();
    for (StackInterface each : host.stack().interfaces()) {
      if (!each.isLoopback()) {
        networks.put(each.name(), network(each.nic().counters()));
      }
    }
    return networks;
  }

  private static GoStruct network(NicCounters counters) {
    return new Fields()
        .put("rx_bytes", counters.rxBytes())
        .put("rx_packets", counters.rxPackets())
        .put("rx_errors", 0)
        .put("rx_dropped", counters.rxDropped())
        .put("tx_bytes", counters.txBytes())
        .put("tx_packets", counters.txPackets())
        .put("tx_errors", 0)
        .put("tx_dropped", counters.txDropped())
        .as("container.NetworkStats");
  }
}

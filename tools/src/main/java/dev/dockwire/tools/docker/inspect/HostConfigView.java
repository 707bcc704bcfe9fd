package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.tools.template.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container's {@code HostConfig}: its network mode and legacy links, and Docker's defaults for
 * all that cannot be asked for here.
 */
final class HostConfigView {

  private static final int SHM_BYTES = 64 << 20;
  private static final List<String> MASKED_PATHS =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");
  private static final List<String> READONLY_PATHS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private HostConfigView() {}

  static GoStruct of(Container container, Engine engine) {
    boolean privileged = container.spec().privileged();
    Fields fields =
        new Fields()
            .put("Binds", null)
            .put("ContainerIDFile", "")
            .put(
                "LogConfig",
                new Fields()
                    .put("Type", "json-file")
                    .put("Config", Map.of())
                    .as("container.LogConfig"))
            .put("NetworkMode", container.spec().networkMode())
            .put("PortBindings", portBindings(container.spec()))
            .put(
                "RestartPolicy",
                new Fields()
                    .put("Name", container.restartPolicy().name())
                    .put("MaximumRetryCount", container.restartPolicy().maxRetries())
                    .as("container.RestartPolicy"))
            .put("AutoRemove", container.spec().autoRemove())
            .put("VolumeDriver", "")
            .put("VolumesFrom", null)
            .put("ConsoleSize", List.of(0, 0))
            .put("CapAdd", ImageView.orNull(container.spec().addedCapabilities()))
            .put("CapDrop", null)
            .put("CgroupnsMode", "private")
            .put("Dns", container.spec().dnsServers())
            .put("DnsOptions", container.spec().dnsOptions())
            .put("DnsSearch", container.spec().dnsSearch())
            .put("ExtraHosts", extraHosts(container.spec()))
            .put("GroupAdd", null)
            .put("IpcMode", "private")
            .put("Cgroup", "")
            .put("Links", ImageView.orNull(engine.linksOf(container)))
            .put("OomScoreAdj", 0)
            .put("PidMode", "")
            .put("Privileged", privileged)
            .put("PublishAllPorts", container.spec().publishAll())
            .put("ReadonlyRootfs", false)
            .put("SecurityOpt", privileged ? List.of("label=disable") : null)
            .all("", "UTSMode", "UsernsMode")
            .put("ShmSize", SHM_BYTES)
            .put("Runtime", "runc")
            .put("Isolation", "");
    putLimits(fields);
    return fields
        .put("MaskedPaths", privileged ? null : MASKED_PATHS)
        .put("ReadonlyPaths", privileged ? null : READONLY_PATHS)
        .as("*container.HostConfig");
  }

  private static List<String> extraHosts(ContainerSpec spec) {
    return ImageView.orNull(
        spec.extraHosts().stream().map(host -> host.name() + ":" + host.address()).toList());
  }

  private static Map<String, List<GoStruct>> portBindings(ContainerSpec spec) {
    Map<String, List<GoStruct>> bindings = new TreeMap<>();
    for (PortBinding binding : spec.portBindings()) {
      bindings
          .computeIfAbsent(binding.exposed(), _ -> new ArrayList<>())
          .add(portBinding(binding.hostAddress(), binding.hostPort()));
    }
    return bindings;
  }

  static GoStruct portBinding(String hostAddress, String hostPort) {
    return new Fields().put("HostIp", hostAddress).put("HostPort", hostPort).as("nat.PortBinding");
  }

  private static void putLimits(Fields fields) {
    fields
        .all(0, "CpuShares", "Memory", "NanoCpus")
        .put("CgroupParent", "")
        .put("BlkioWeight", 0)
        .all(List.of(), "BlkioWeightDevice", "BlkioDeviceReadBps", "BlkioDeviceWriteBps")
        .all(List.of(), "BlkioDeviceReadIOps", "BlkioDeviceWriteIOps")
        .all(0, "CpuPeriod", "CpuQuota", "CpuRealtimePeriod", "CpuRealtimeRuntime")
        .all("", "CpusetCpus", "CpusetMems")
        .put("Devices", List.of())
        .all(null, "DeviceCgroupRules", "DeviceRequests")
        .all(0, "MemoryReservation", "MemorySwap")
        .all(null, "MemorySwappiness", "OomKillDisable", "PidsLimit")
        .put("Ulimits", List.of())
        .all(0, "CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth");
  }
}

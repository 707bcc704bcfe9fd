package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;
import java.util.Map;

/** The engine as {@code GET /version} and {@code GET /info} answer. */
public final class SystemView {

  /** The oldest version of the API that engines of Docker 28 answer to. */
  public static final String MIN_API = "1.24";

  private static final String KERNEL = "6.1.0-dockwire";

  private SystemView() {}

  public static GoStruct version(Engine engine) {
    String version = engine.settings().compat().dockerVersion();
    String api = engine.settings().compat().apiVersion();
    Map<String, Object> details =
        Map.of(
            "ApiVersion",
            api,
            "Arch",
            "amd64",
            "Experimental",
            "false",
            "KernelVersion",
            KERNEL,
            "MinAPIVersion",
            MIN_API,
            "Os",
            "linux");
    GoStruct component =
        new Fields()
            .put("Name", "Engine")
            .put("Version", version)
            .put("Details", details)
            .as("types.ComponentVersion");
    return new Fields()
        .put("Platform", new Fields().put("Name", "Dockwire").as("struct"))
        .put("Components", List.of(component))
        .put("Version", version)
        .put("ApiVersion", api)
        .put("MinAPIVersion", MIN_API)
        .all("", "GitCommit", "GoVersion")
        .put("Os", "linux")
        .put("Arch", "amd64")
        .put("KernelVersion", KERNEL)
        .as("types.Version");
  }

  public static GoStruct info(Engine engine) {
    List<Container> containers = engine.containers();
    long paused = containers.stream().filter(SystemView::isPaused).count();
    long running = containers.stream().filter(Container::isRunning).count() - paused;
    return new Fields()
        .put("ID", "dockwire")
        .put("Containers", containers.size())
        .put("ContainersRunning", running)
        .put("ContainersPaused", paused)
        .put("ContainersStopped", containers.size() - running - paused)
        .put("Images", engine.images().list().size())
        .put("Driver", "overlay2")
        .put("DriverStatus", List.of())
        .put("Plugins", plugins())
        .all(true, "MemoryLimit", "SwapLimit", "CpuCfsPeriod", "CpuCfsQuota", "CPUShares")
        .all(true, "CPUSet", "PidsLimit", "IPv4Forwarding")
        .put("Debug", false)
        .put("NFd", 0)
        .put("OomKillDisable", false)
        .put("NGoroutines", 0)
        .put("SystemTime", new WallClock(engine.world()).rfc3339(engine.world().now()))
        .put("LoggingDriver", "json-file")
        .put("CgroupDriver", "cgroupfs")
        .put("CgroupVersion", "2")
        .put("NEventsListener", 0)
        .put("KernelVersion", KERNEL)
        .put("OperatingSystem", "Dockwire")
        .put("OSVersion", "")
        .put("OSType", "linux")
        .put("Architecture", "x86_64")
        .put("IndexServerAddress", "https://index.docker.io/v1/")
        .put("RegistryConfig", null)
        .put("NCPU", 1)
        .put("MemTotal", 0)
        .put("GenericResources", null)
        .put("DockerRootDir", "/var/lib/docker")
        .all("", "HttpProxy", "HttpsProxy", "NoProxy")
        .put("Name", engine.dockerHost().host().hostname())
        .put("Labels", List.of())
        .put("ExperimentalBuild", false)
        .put("ServerVersion", engine.settings().compat().dockerVersion())
        .put("Runtimes", Map.of())
        .put("DefaultRuntime", "")
        .put("Swarm", swarm())
        .put("LiveRestoreEnabled", false)
        .all("", "Isolation", "InitBinary")
        .put("SecurityOptions", List.of())
        .put("Warnings", null)
        .as("system.Info");
  }

  private static boolean isPaused(Container container) {
    return container.state() == Container.State.PAUSED;
  }

  private static GoStruct plugins() {
    return new Fields()
        .put("Volume", List.of())
        .put("Network", List.of("bridge", "host", "null"))
        .put("Authorization", null)
        .put("Log", List.of("json-file"))
        .as("system.PluginsInfo");
  }

  private static GoStruct swarm() {
    return new Fields()
        .all("", "NodeID", "NodeAddr")
        .put("LocalNodeState", "inactive")
        .put("ControlAvailable", false)
        .put("Error", "")
        .put("RemoteManagers", null)
        .as("swarm.Info");
  }
}

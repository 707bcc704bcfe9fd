package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import dev.dockwire.tools.docker.inspect.Fields;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;

/**
 * The kinds of objects that Docker has and Dockwire has none of: their lists are empty, nothing is
 * found, there is nothing to remove, and making one is refused with the reason.
 */
final class AbsentRoutes {

  private static final int NOT_IMPLEMENTED = 501;
  private static final int UNAVAILABLE = 503;

  private static final String FIXED =
      "Dockwire has a fixed set of images (docker images lists them): ";

  private static final String NO_MANAGER =
      "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
          + " connect this node to swarm and try again.";

  void addTo(Router router) {
    addImages(router);
    addContainers(router);
    addVolumes(router);
    addPlugins(router);
    addSwarm(router);
  }

  private static void addImages(Router router) {
    String build = FIXED + "none can be built";
    String file = FIXED + "none can be saved or loaded";
    router
        .add("POST", "/build", absent(build))
        .add("POST", "/build/cancel", absent(build))
        .add("POST", "/build/prune", (exchange, _) -> exchange.json(pruned("CachesDeleted")))
        .add("POST", "/session", absent(build))
        .add("POST", "/grpc", absent(build))
        .add("POST", "/commit", absent(FIXED + "none can be made of a container"))
        .add("GET", "/images/get", absent(file))
        .add("GET", "/images/{}/get", absent(file))
        .add("POST", "/images/load", absent(file))
        .add("POST", "/images/{}/tag", absent(FIXED + "none gets another name"))
        .add("POST", "/images/{}/push", absent("Dockwire has no registry to push to"))
        .add("POST", "/images/prune", (exchange, _) -> exchange.json(pruned("ImagesDeleted")))
        .add("GET", "/distribution/{}/json", absent("Dockwire has no registry to ask"))
        .add("POST", "/auth", absent("Dockwire has no registry to log in to"));
  }

  private static void addContainers(Router router) {
    router
        .add(
            "GET",
            "/containers/{}/export",
            absent("Dockwire does not export containers (docker cp copies their files)"))
        .add("GET", "/containers/{}/attach/ws", absent("Dockwire has no WebSockets"))
        .add("GET", "/containers/{}/checkpoints", absent("Dockwire has no checkpoints"))
        .add("POST", "/containers/{}/checkpoints", absent("Dockwire has no checkpoints"));
  }

  private static void addVolumes(Router router) {
    router
        .add("GET", "/volumes", (exchange, _) -> exchange.json(noVolumes()))
        .add("POST", "/volumes/create", absent("Dockwire has no volumes"))
        .add("POST", "/volumes/prune", (exchange, _) -> exchange.json(pruned("VolumesDeleted")))
        .add("GET", "/volumes/{}", (_, name) -> notFound("get " + name + ": no such volume"))
        .add(
            "DELETE",
            "/volumes/{}",
            (exchange, name) -> {
              if (exchange.request().isTrue("force")) {
                exchange.empty(Exchange.NO_CONTENT);
              } else {
                notFound("get " + name + ": no such volume");
              }
            });
  }

  private static void addPlugins(Router router) {
    Router.Handler none = (_, name) -> notFound("plugin \"" + name + "\" not found");
    router
        .add("GET", "/plugins", (exchange, _) -> exchange.json(List.of()))
        .add("GET", "/plugins/privileges", absent("Dockwire has no plugins"))
        .add("POST", "/plugins/pull", absent("Dockwire has no plugins"))
        .add("POST", "/plugins/create", absent("Dockwire has no plugins"))
        .add("GET", "/plugins/{}/json", none)
        .add("DELETE", "/plugins/{}", none)
        .add("POST", "/plugins/{}/enable", none)
        .add("POST", "/plugins/{}/disable", none)
        .add("POST", "/plugins/{}/upgrade", none)
        .add("POST", "/plugins/{}/push", none)
        .add("POST", "/plugins/{}/set", none);
  }

  private static void addSwarm(Router router) {
    Router.Handler noManager = (_, _) -> refuse(UNAVAILABLE, NO_MANAGER);
    router
        .add("POST", "/swarm/init", absent("Dockwire has no swarm mode"))
        .add("POST", "/swarm/join", absent("Dockwire has no swarm mode"))
        .add(
            "POST",
            "/swarm/leave",
            (_, _) -> refuse(UNAVAILABLE, "This node is not part of a swarm"))
        .add("GET", "/swarm", noManager)
        .add("GET", "/swarm/unlockkey", noManager)
        .add("POST", "/swarm/{}", noManager);
    for (String kind : List.of("nodes", "services", "tasks", "secrets", "configs")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        router.add(method, "/" + kind, noManager).add(method, "/" + kind + "/{}", noManager);
      }
    }
  }

  /** Refuses to make an image. */
  static EngineException noImages(String consequence) {
    return new EngineException(NOT_IMPLEMENTED, FIXED + consequence);
  }

  private static Router.Handler absent(String message) {
    return (_, _) -> refuse(NOT_IMPLEMENTED, message);
  }

  private static void notFound(String message) {
    refuse(EngineException.NOT_FOUND, message);
  }

  private static void refuse(int status, String message) {
    throw new EngineException(status, message);
  }

  private static GoStruct noVolumes() {
    return new Fields().put("Volumes", List.of()).put("Warnings", null).as("volume.ListResponse");
  }

  private static GoStruct pruned(String name) {
    return new Fields().put(name, null).put("SpaceReclaimed", 0).as("types.PruneReport");
  }
}

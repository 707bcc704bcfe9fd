package dev.dockwire.bench;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Endpoint;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.engine.address.AddressPool;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.World;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.socket.PingSocket;
import dev.dockwire.time.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A Docker host with more and more networks of equally many containers, each running its image's
 * shell; every container has a partner on its network that it can ping. Real time.
 */
final class Crowd implements Load {

  private static final int TTL = 64;
  private static final int BURST = 64;

  private final World world = World.inRealTime(new Seed(1));
  private final Engine engine =
      new Engine(
          world,
          EngineSettings.DEFAULT.withDefaultAddressPools(
              List.of(new AddressPool(Ipv4Prefix.parse("10.0.0.0/8"), 22))));
  private final RandomGenerator random = world.seed().generator("order");
  private final List<Pinging> containers = new ArrayList<>();
  private final byte[] payload = new byte[18];
  private final int perNetwork;

  private int sequence;
  private int next;
  private long replies;

  /** A container, and the address of the one it pings. */
  private record Pinging(PingSocket socket, int partner, Nic nic) {}

  Crowd(int perNetwork) {
    this.perNetwork = perNetwork;
  }

  /** Starts containers until there are this many, and shuffles the order in which they ping. */
  @Override
  public void grow(int size) {
    while (containers.size() < size) {
      if (containers.size() % perNetwork == 0) {
        engine.networks().create(NetworkSpec.bridge("net" + containers.size() / perNetwork));
      }
      int room = perNetwork - containers.size() % perNetwork;
      start(Math.min(room, size - containers.size()), "net" + containers.size() / perNetwork);
    }
    Collections.shuffle(containers, random);
  }

  /** Starts some more on a network, which ping each other in a ring. */
  private void start(int count, String network) {
    List<Container> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Container container =
          engine.create(
              ContainerSpec.of("alpine")
                  .withTerminal(true, true)
                  .withNetworks(List.of(Attachment.to(network))));
      engine.start(container);
      started.add(container);
      world.loop().turn();
    }
    Collections.shuffle(started, random);
    for (int i = 0; i < count; i++) {
      Endpoint.Wire wire = wireOf(started.get(i));
      PingSocket socket =
          PingSocket.open(started.get(i).host().orElseThrow().stack()).orElseThrow();
      socket.handler((_, _, _, _) -> replies++);
      int partner = wireOf(started.get((i + 1) % count)).address().address().value();
      containers.add(new Pinging(socket, partner, wire.nic()));
    }
  }

  private static Endpoint.Wire wireOf(Container container) {
    return container.endpoints().getFirst().wire().orElseThrow();
  }

  /** The next containers ping their partners, and have their replies. */
  @Override
  public int burst(int taking) {
    int all = Math.min(taking, containers.size());
    int count = Math.min(BURST, all);
    long goal = replies + count;
    long now = world.loop().clock().now();
    for (int i = 0; i < count; i++) {
      next = (next + 1) % all;
      Pinging each = containers.get(next);
      each.socket.sendEcho(each.partner, sequence++ & 0xffff, TTL, payload, payload.length, now);
    }
    world.loop().runUntil(() -> replies >= goal);
    return count;
  }

  @Override
  public int size() {
    return containers.size();
  }

  /** Frames that containers have sent. */
  @Override
  public long frames() {
    long sum = 0;
    for (Pinging each : containers) {
      sum += each.nic.counters().txPackets();
    }
    return sum;
  }

  @Override
  public void close() {
    engine.close();
  }
}

package dev.dockwire.engine;

import dev.dockwire.engine.spec.NetworkSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A network: its definition, what it consists of, and the running containers on it. */
public final class Network {

  /** What kind of network it is. */
  public enum Driver {
    BRIDGE("bridge"),
    HOST("host"),
    NULL("null");

    private final String word;

    Driver(String word) {
      this.word = word;
    }

    /** Docker's name for the driver. */
    public String word() {
      return word;
    }
  }

  private final String id;
  private final NetworkSpec spec;
  private final Driver driver;
  private final boolean predefined;
  private final long createdAt;
  private final Optional<Segment> segment;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private final Events events;
  private Runnable changeListener = () -> {};

  Network(
      String id,
      NetworkSpec spec,
      Driver driver,
      boolean predefined,
      Optional<Segment> segment,
      long now,
      Events events) {
    this.events = events;
    this.id = id;
    this.spec = spec;
    this.driver = driver;
    this.predefined = predefined;
    this.segment = segment;
    this.createdAt = now;
  }

  /**
   * What of it outlives its engine.
   *
   * @param epoch the wall-clock time of the monotonic time 0
   */
  NetworkState state(long epoch) {
    return new NetworkState(id, spec, createdAt + epoch, segment.orElseThrow().subnet());
  }

  /** Hears that containers came or went. */
  void onChange(Runnable listener) {
    changeListener = listener;
  }

  void add(Container container, Endpoint endpoint) {
    endpoints.put(container.id(), endpoint);
    changeListener.run();
    events.network(this, "connect", Map.of("container", container.id()));
  }

  void remove(Container container) {
    endpoints.remove(container.id());
    events.network(this, "disconnect", Map.of("container", container.id()));
    changeListener.run();
  }

  public String id() {
    return id;
  }

  public String shortId() {
    return Ids.shorten(id);
  }

  public String name() {
    return spec.name();
  }

  public NetworkSpec spec() {
    return spec;
  }

  public Driver driver() {
    return driver;
  }

  /** Whether it is one of bridge, host and none, which are always there. */
  public boolean isPredefined() {
    return predefined;
  }

  /** Whether names are resolved on it: on those that users made. */
  public boolean isUserDefined() {
    return !predefined;
  }

  /** When it was created, in monotonic nanoseconds. */
  public long createdAt() {
    return createdAt;
  }

  /** The bridge with its addresses; none for {@code host} and {@code none}. */
  public Optional<Segment> segment() {
    return segment;
  }

  /** The endpoints of running containers, by container id, in the order they were connected. */
  public Map<String, Endpoint> endpoints() {
    return Collections.unmodifiableMap(endpoints);
  }

  @Override
  public String toString() {
    return name();
  }
}

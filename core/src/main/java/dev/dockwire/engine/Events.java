package dev.dockwire.engine;

import dev.dockwire.engine.image.Image;
import dev.dockwire.engine.image.Images;
import dev.dockwire.host.WaitQueue;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What has happened in the engine, in order: what {@code docker events} shows. Every event has a
 * number; who follows them remembers the number of the next one and waits for {@link #changed}, so
 * that a follower costs nothing when nothing happens.
 *
 * <p>The past goes back {@link #HISTORY} events, as in Docker; a follower may be {@link
 * #MAX_BEHIND} events late before it misses some.
 */
public final class Events {

  static final int HISTORY = 256;
  static final int MAX_BEHIND = 1_024;

  private final LongSupplier epochNanos;
  private final WaitQueue changed = new WaitQueue();
  private final ArrayDeque<Event> kept = new ArrayDeque<>();
  private long next;

  /**
   * @param epochNanos the wall-clock time
   */
  Events(LongSupplier epochNanos) {
    this.epochNanos = epochNanos;
  }

  /** Something has happened to a container; {@code more} is said beside its name and labels. */
  void container(Container container, String action, Map<String, String> more) {
    SortedMap<String, String> attributes = new TreeMap<>(container.spec().labels());
    attributes.put("image", container.spec().image());
    attributes.put("name", container.name());
    attributes.putAll(more);
    record(Event.Type.CONTAINER, action, container.id(), attributes);
  }

  void container(Container container, String action) {
    container(container, action, Map.of());
  }

  void network(Network network, String action, Map<String, String> more) {
    SortedMap<String, String> attributes = new TreeMap<>(more);
    attributes.put("name", network.name());
    attributes.put("type", network.driver().word());
    record(Event.Type.NETWORK, action, network.id(), attributes);
  }

  /** Unused objects of one kind have been removed. No disk space is had back here. */
  void pruned(Event.Type type) {
    record(type, "prune", "", new TreeMap<>(Map.of("reclaimed", "0")));
  }

  void pulled(Image image) {
    SortedMap<String, String> attributes = new TreeMap<>(Map.of("name", image.name()));
    record(Event.Type.IMAGE, "pull", Images.withTag(image.name()), attributes);
  }

  private void record(
      Event.Type type, String action, String actor, SortedMap<String, String> attributes) {
    kept.add(
        new Event(
            epochNanos.getAsLong(),
            type,
            action,
            actor,
            Collections.unmodifiableSortedMap(attributes)));
    if (kept.size() > MAX_BEHIND) {
      kept.remove();
    }
    next++;
    changed.wakeAll();
  }

  /** The number of the event that comes next; the first one ever had number 0. */
  public long next() {
    return next;
  }

  /** The number of the oldest event of the past that is shown. */
  public long oldest() {
    return Math.max(0, next - HISTORY);
  }

  /** The events from a number on, as far as they are still kept. */
  public List<Event> from(long number) {
    long oldestKept = next - kept.size();
    return kept.stream().skip(Math.max(0, number - oldestKept)).toList();
  }

  /** Woken at each new event. */
  public WaitQueue changed() {
    return changed;
  }
}

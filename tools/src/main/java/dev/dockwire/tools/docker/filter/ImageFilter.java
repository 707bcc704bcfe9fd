package dev.dockwire.tools.docker.filter;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.image.Image;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The filters of {@code docker images}. */
public final class ImageFilter {

  public static final String TAG = "latest";
  private static final List<String> KNOWN =
      List.of("before", "dangling", "label", "reference", "since", "until");

  private final Engine engine;
  private final Filters filters;
  private final long until;

  /**
   * @throws EngineException 400
   */
  public ImageFilter(Engine engine, List<String> asked) {
    this.engine = engine;
    this.filters = new Filters(asked, KNOWN);
    this.until =
        filters.has("until") ? filters.time("until", engine.world().epochNanos()) : Long.MAX_VALUE;
  }

  /** Whether a name, with or without the tag, in which {@code *} and {@code ?} stand for others. */
  public static boolean isReference(Image image, String pattern) {
    String expression =
        Pattern.quote(pattern).replace("*", "\\E[^/]*\\Q").replace("?", "\\E[^/]\\Q");
    Pattern compiled = Pattern.compile(expression);
    return compiled.matcher(image.name()).matches()
        || compiled.matcher(image.name() + ":" + TAG).matches();
  }

  /** All images here have a tag, and none has labels. */
  public boolean matches(Image image) {
    return epochNanos(image.created()) <= until
        && !(filters.has("dangling") && filters.isTrue("dangling"))
        && filters.haveLabels(Map.of())
        && (!filters.has("reference")
            || filters.values("reference").stream().anyMatch(name -> isReference(image, name)))
        && filters.values("before").stream()
            .allMatch(name -> image.created().isBefore(engine.images().find(name).created()))
        && filters.values("since").stream()
            .allMatch(name -> image.created().isAfter(engine.images().find(name).created()));
  }

  public static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}

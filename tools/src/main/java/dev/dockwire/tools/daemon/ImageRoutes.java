package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.image.Image;
import dev.dockwire.tools.docker.ImageReference;
import dev.dockwire.tools.docker.filter.Filters;
import dev.dockwire.tools.docker.filter.ImageFilter;
import dev.dockwire.tools.docker.flag.UsageException;
import dev.dockwire.tools.docker.inspect.ImageView;
import java.util.List;
import java.util.Map;

/** {@code /images}: those there are count as pulled and up to date; there is no registry. */
final class ImageRoutes {

  private static final List<String> SEARCH_FILTERS =
      List.of("is-automated", "is-official", "stars");

  private final Engine engine;

  ImageRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("GET", "/images/json", (exchange, _) -> list(exchange))
        .add("GET", "/images/search", (exchange, _) -> search(exchange))
        .add(
            "GET",
            "/images/{}/history",
            (exchange, name) -> exchange.json(ImageView.history(engine.images().find(local(name)))))
        .add(
            "GET",
            "/images/{}/json",
            (exchange, name) ->
                exchange.json(ImageView.of(engine.images().find(local(name)), engine)))
        .add("DELETE", "/images/{}", this::remove)
        .add("POST", "/images/create", (exchange, _) -> pull(exchange));
  }

  private void list(Exchange exchange) {
    ImageFilter filter = new ImageFilter(engine, exchange.request().filters());
    exchange.json(
        engine.images().list().stream().filter(filter::matches).map(ImageView::summary).toList());
  }

  /** The images there are stand for those of a registry. */
  private void search(Exchange exchange) {
    String term = local(exchange.request().parameter("term"));
    if (term.isEmpty()) {
      throw new EngineException(EngineException.BAD_REQUEST, "missing search term");
    }
    Filters filters = new Filters(exchange.request().filters(), SEARCH_FILTERS);
    boolean limited = !exchange.request().parameter("limit").isEmpty();
    exchange.json(
        engine.images().list().stream()
            .filter(image -> image.name().contains(term))
            .filter(_ -> !filters.has("stars"))
            .filter(
                image ->
                    !filters.has("is-official")
                        || filters.isTrue("is-official") == ImageView.isOfficial(image))
            .limit(limited ? Math.max(0, exchange.request().number("limit")) : Long.MAX_VALUE)
            .map(ImageView::found)
            .toList());
  }

  private static String local(String name) {
    return name.replaceFirst("^docker\\.io/", "").replaceFirst("^library/", "");
  }

  /** The images are part of Dockwire: there is nowhere to have one back from. */
  private void remove(Exchange exchange, String name) {
    Image image = engine.images().find(local(name));
    throw new EngineException(
        EngineException.CONFLICT,
        "conflict: unable to delete "
            + image.id().substring(0, 12)
            + " (cannot be forced) - image "
            + image.name()
            + " is built in");
  }

  private void pull(Exchange exchange) {
    if (!exchange.request().parameter("fromSrc").isEmpty()) {
      throw AbsentRoutes.noImages("none can be imported");
    }
    String tag = exchange.request().parameter("tag");
    String name = exchange.request().parameter("fromImage");
    ImageReference reference = parse(tag.isEmpty() ? name : name + ":" + tag);
    Image image;
    try {
      image = engine.pull(reference.familiar());
    } catch (EngineException _) {
      throw new EngineException(
          EngineException.NOT_FOUND,
          reference.whyNot(engine) + "\n" + ImageReference.thereAre(engine).strip());
    }
    Chunks lines = exchange.chunks("application/json");
    line(
        exchange,
        lines,
        Map.of("status", "Pulling from " + reference.path(), "id", reference.tag()));
    line(exchange, lines, Map.of("status", "Digest: " + image.digest()));
    line(
        exchange,
        lines,
        Map.of("status", "Status: Image is up to date for " + reference.familiar()));
    lines.end();
  }

  private static ImageReference parse(String text) {
    try {
      return ImageReference.parse(text);
    } catch (UsageException e) {
      throw new EngineException(EngineException.BAD_REQUEST, e.getMessage());
    }
  }

  private static void line(Exchange exchange, Chunks lines, Map<String, String> fields) {
    lines.json(exchange.self(), fields);
  }
}

package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.tools.docker.flag.UsageException;

/**
 * What an image is called by: {@code alpine}, {@code alpine:latest}, {@code
 * docker.io/library/alpine}.
 *
 * @param path where it is in the registry: {@code library/alpine}
 * @param hasTag whether the user gave the tag
 */
public record ImageReference(String path, String tag, boolean hasTag) {

  private static final String DOMAIN = "docker.io/";
  private static final String LIBRARY = "library/";

  /** Reads a reference as docker checks it before it asks the engine. */
  public static ImageReference parse(String text) throws UsageException {
    String name = text.startsWith(DOMAIN) ? text.substring(DOMAIN.length()) : text;
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    String repository = colon < 0 ? name : name.substring(0, colon);
    String path = repository.contains("/") ? repository : LIBRARY + repository;
    if (repository.matches(".*[A-Z].*")) {
      throw new UsageException(
          "invalid reference format: repository name (" + path + ") must be lowercase");
    }
    String tag = colon < 0 ? "latest" : name.substring(colon + 1);
    boolean wellFormed =
        path.matches("[a-z0-9]+([._/-]+[a-z0-9]+)*") && tag.matches("\\w[\\w.-]{0,127}");
    if (!wellFormed) {
      throw new UsageException("invalid reference format");
    }
    return new ImageReference(path, tag, colon >= 0);
  }

  /** As docker shows it: {@code alpine:latest}. */
  public String familiar() {
    return repository() + ":" + tag;
  }

  private String repository() {
    return path.startsWith(LIBRARY) ? path.substring(LIBRARY.length()) : path;
  }

  /** In full: {@code docker.io/library/alpine:latest}. */
  String canonical() {
    return DOMAIN + path + ":" + tag;
  }

  /** The registry's reason for not having it. */
  public String whyNot(Engine engine) {
    return engine.images().names().contains(repository())
        ? "manifest for " + familiar() + " not found: manifest unknown: manifest unknown"
        : "pull access denied for "
            + repository()
            + ", repository does not exist or may require 'docker login': denied: requested"
            + " access to the resource is denied";
  }

  /** A line for the user who asks for another image. */
  public static String thereAre(Engine engine) {
    return "Images are emulated here; there are: "
        + String.join(", ", engine.images().names())
        + "\n";
  }
}

package dev.dockwire.tools.template;

/**
 * A method of a struct that takes one string, as {@code {{.Label "com.example"}}} of a container.
 */
@FunctionalInterface
public interface GoMethod {
  Object call(String argument);
}

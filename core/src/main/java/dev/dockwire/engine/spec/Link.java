package dev.dockwire.engine.spec;

/**
 * A legacy link as the user asked for it: {@code --link TARGET:ALIAS}.
 *
 * @param target the other container's name or id
 * @param alias what it is called in the container that has the link
 */
public record Link(String target, String alias) {}

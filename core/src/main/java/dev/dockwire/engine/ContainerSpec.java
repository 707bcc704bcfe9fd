package dev.dockwire.engine;

import java.util.List;
import java.util.Optional;

/**
 * What a container is made from: the options of {@code docker create}.
 *
 * @param image the image as the user wrote it
 * @param command replaces the image's command; empty for the image's own
 * @param environment {@code NAME=value} in the order given
 * @param tty whether the container has a terminal
 * @param openStdin whether its standard input stays open without a client
 */
public record ContainerSpec(
    String image,
    Optional<String> name,
    List<String> command,
    List<String> environment,
    boolean tty,
    boolean openStdin) {}

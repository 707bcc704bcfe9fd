package dev.dockwire.engine;

import dev.dockwire.host.FileNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A recipe for containers. Images here are emulated: their files hold the emulator's own programs.
 *
 * @param exposedPorts as in {@code 3306/tcp}
 * @param files the root directory, shared by all containers until they write
 */
public record Image(
    String name,
    String id,
    List<String> environment,
    List<String> entrypoint,
    List<String> command,
    List<String> exposedPorts,
    FileNode.Directory files) {

  /** What a container of this image runs when it is given {@code arguments}. */
  List<String> commandLine(List<String> arguments) {
    List<String> line = new ArrayList<>(entrypoint);
    line.addAll(arguments.isEmpty() ? command : arguments);
    return line;
  }
}

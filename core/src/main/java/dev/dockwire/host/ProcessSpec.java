package dev.dockwire.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new process is given.
 *
 * @param arguments the program's name first
 * @param environment copied; the order is kept
 */
public record ProcessSpec(
    List<String> arguments, Map<String, String> environment, String workingDirectory, Stdio stdio) {

  public ProcessSpec {
    arguments = List.copyOf(arguments);
    environment = new LinkedHashMap<>(environment);
  }
}

package dev.dockwire.tools.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The values of {@code -e}: {@code NAME=value}, or {@code NAME} for the client's own value. */
final class EnvironmentOption {

  private EnvironmentOption() {}

  /** The assignments to pass on; a name that the client does not have is left out. */
  static List<String> resolve(List<String> given, Map<String, String> clients) {
    List<String> assignments = new ArrayList<>();
    for (String value : given) {
      if (value.contains("=")) {
        assignments.add(value);
      } else if (clients.containsKey(value)) {
        assignments.add(value + "=" + clients.get(value));
      }
    }
    return assignments;
  }
}

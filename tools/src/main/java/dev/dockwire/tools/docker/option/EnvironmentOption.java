package dev.dockwire.tools.docker.option;

import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of {@code --env-file} and {@code -e}: {@code NAME=value}, or {@code NAME} for the
 * client's own value.
 */
public final class EnvironmentOption {

  private EnvironmentOption() {}

  /**
   * The assignments to pass on, those of files first; what the client does not have is left out.
   */
  public static List<String> resolve(Process self, Flags flags) throws UsageException {
    List<String> given = new ArrayList<>();
    for (String path : flags.list("env-file")) {
      given.addAll(read(self, path));
    }
    given.addAll(flags.list("env"));
    Map<String, String> clients = self.environment();
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

  /** The lines of a file on the docker client's machine, without empty ones and comments. */
  private static List<String> read(Process self, String path) throws UsageException {
    String text;
    try {
      text =
          new String(
              self.host().files().read(FileTree.resolve(self.workingDirectory(), path)),
              StandardCharsets.UTF_8);
    } catch (SystemCallException e) {
      String reason = e.errno().text().toLowerCase(Locale.ROOT);
      throw new UsageException("open " + path + ": " + reason);
    }
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().map(String::stripLeading).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        checkLine(path, line);
        lines.add(line);
      }
    }
    return lines;
  }

  /** Checks a value of {@code -e}. */
  public static void check(String value) throws UsageException {
    if (value.isEmpty() || value.startsWith("=")) {
      throw new UsageException("invalid environment variable: " + value);
    }
  }

  private static void checkLine(String path, String line) throws UsageException {
    String name = line.split("=", 2)[0];
    if (name.isEmpty()) {
      throw new UsageException(
          "invalid env file (" + path + "): no variable name on line '" + line + "'");
    }
    if (name.matches(".*\\s.*")) {
      throw new UsageException(
          "invalid env file (" + path + "): variable '" + name + "' contains whitespaces");
    }
  }
}

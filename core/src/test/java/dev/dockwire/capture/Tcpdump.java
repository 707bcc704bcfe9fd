package dev.dockwire.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The real tcpdump on this machine, for comparison. */
public final class Tcpdump {

  private Tcpdump() {}

  /** Skips a test loudly where there is no tcpdump. */
  public static void assumeInstalled() {
    boolean found;
    try {
      found = new ProcessBuilder("tcpdump", "--version").redirectErrorStream(true).start() != null;
    } catch (IOException _) {
      found = false;
    }
    Assumptions.assumeTrue(found, "tcpdump is not installed: nothing is compared with it");
  }

  /**
   * What tcpdump prints of a file, its standard error last.
   *
   * @param arguments options, and a filter
   */
  public static String read(Path file, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("tcpdump", "-r", file.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TZ", "UTC");
    Process process = builder.redirectError(ProcessBuilder.Redirect.PIPE).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    String opening = "reading from file " + file + ", link-type EN10MB (Ethernet)";
    return out + String.join("\n", err.lines().filter(line -> !line.startsWith(opening)).toList());
  }
}

package dev.dockwire.tools.play;

import dev.dockwire.tools.daemon.RealClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A real docker client on a real terminal of 24 by 80, which util-linux's {@code script} makes. */
final class ClientTerminal {

  private static final Pattern CONTROL = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]|\r(?!\n)");
  private static final Pattern PROMPT = Pattern.compile("(?m)^((/ |\\[root@[^\\]]*\\])?# )+");
  private static final String DETACH = "\u0010\u0011";

  private final Process process;
  private final StringBuilder shown = new StringBuilder();
  private boolean ended;

  private ClientTerminal(Process process) {
    this.process = process;
  }

  /** Starts a command; it has the terminal to itself. */
  static ClientTerminal start(RealClient client, String command) throws IOException {
    List<String> line =
        List.of("script", "-qec", "stty rows 24 cols 80; exec " + command, "/dev/null");
    return new ClientTerminal(client.process(line).redirectErrorStream(true).start());
  }

  /** Reads until a prompt is there, or the command has ended; returns what was shown before it. */
  List<String> untilPrompt() throws IOException {
    return lines(until(text -> endsInPrompt(text)));
  }

  /** Types a line for the container's shell; returns what it prints. */
  List<String> type(String line) throws IOException {
    send(line + "\r");
    String echo = line + "\r\n";
    String text = until(shownNow -> endsInPrompt(afterEcho(shownNow, echo)));
    return lines(afterEcho(text, echo));
  }

  private static String afterEcho(String text, String echo) {
    int at = text.indexOf(echo);
    return at < 0 ? "" : text.substring(at + echo.length());
  }

  /** Leaves the container; returns what the client says then. */
  List<String> detach() throws IOException {
    send(DETACH);
    List<String> lines = lines(until(_ -> false));
    return lines;
  }

  /** Reads so many lines of a command that does not end, and ends its client. */
  List<String> firstLines(int count) throws IOException {
    String text = until(shownNow -> shownNow.lines().count() > count);
    ended = true;
    process.destroy();
    return lines(text).subList(0, count);
  }

  boolean hasEnded() {
    return ended;
  }

  void destroy() {
    process.destroyForcibly();
  }

  private void send(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private String until(Predicate<String> enough) throws IOException {
    shown.setLength(0);
    InputStream in = process.getInputStream();
    byte[] buffer = new byte[4_096];
    for (int count; (count = in.read(buffer)) >= 0; ) {
      shown.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
      String text = CONTROL.matcher(shown).replaceAll("");
      if (enough.test(text)) {
        return text;
      }
    }
    ended = true;
    return CONTROL.matcher(shown).replaceAll("");
  }

  private static boolean endsInPrompt(String text) {
    return PROMPT.matcher(text.substring(text.lastIndexOf('\n') + 1)).find();
  }

  private static List<String> lines(String text) {
    return PROMPT.matcher(text).replaceAll("").lines().toList();
  }
}

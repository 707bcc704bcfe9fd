package dev.dockwire.tools.play;

import dev.dockwire.host.Tty;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal has shown since the last step, as the lines a reader sees: control sequences are
 * taken out, a carriage return overwrites its line, and the prompt at the end is not output.
 */
final class Transcript implements Tty.Screen {

  private static final int MAX_BYTES = 64 << 20;
  private static final Pattern CONTROL_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
  private static final Pattern PROMPT_AT_END =
      Pattern.compile("([/~]\\S* # |\\[[^\\]\n]*\\][#$] |[#$] |mysql> | {4}-> )$");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Override
  public void show(byte[] bytes, int offset, int length) {
    shown.write(bytes, offset, length);
  }

  void clear() {
    shown.reset();
  }

  boolean isTooLong() {
    return shown.size() > MAX_BYTES;
  }

  int size() {
    return shown.size();
  }

  /**
   * The output lines.
   *
   * @param echo what was typed, whose echo comes first
   * @param atPrompt whether a shell waits, so that the last line is its prompt
   */
  List<String> lines(String echo, boolean atPrompt) {
    String text = plain();
    if (text.startsWith(echo)) {
      text = text.substring(echo.length());
      text = text.startsWith("\n") ? text.substring(1) : text;
    }
    if (atPrompt) {
      Matcher prompt = PROMPT_AT_END.matcher(text);
      text = prompt.find() ? text.substring(0, prompt.start()) : text;
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private String plain() {
    String text = shown.toString(StandardCharsets.UTF_8).replaceAll("\r+\n", "\n");
    text = CONTROL_SEQUENCE.matcher(text).replaceAll("");
    return text.replaceAll("(?m)^[^\n]*\r", "");
  }
}

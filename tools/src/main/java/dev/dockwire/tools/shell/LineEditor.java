package dev.dockwire.tools.shell;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** JLine, set up to edit the lines of a shell that parses them itself. */
final class LineEditor {

  private static final int HISTORY_SIZE = 1_000;
  private static final String INTERRUPT_WIDGET = "dockwire-interrupt";
  private static final String DETACH_WIDGET = "dockwire-detach";
  private static final String DETACH_KEYS = "\020\021";

  private static final Map<String, String> CURSOR_KEYS =
      Map.of(
          "A", LineReader.UP_LINE_OR_HISTORY,
          "B", LineReader.DOWN_LINE_OR_HISTORY,
          "C", LineReader.FORWARD_CHAR,
          "D", LineReader.BACKWARD_CHAR,
          "F", LineReader.END_OF_LINE,
          "H", LineReader.BEGINNING_OF_LINE);

  private final LineReader reader;
  private boolean detached;

  /** How the editing of a line came out. */
  enum Outcome {
    ENTERED,
    INTERRUPTED,
    END_OF_INPUT,
    DETACHED
  }

  /**
   * @param line empty unless it was entered
   */
  record Edited(Outcome outcome, String line) {}

  LineEditor(Terminal terminal, Completer completer, Optional<Path> historyFile) {
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("dockwire")
            .completer(completer)
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.BRACKETED_PASTE, false)
            .variable(LineReader.BLINK_MATCHING_PAREN, 0)
            .variable(LineReader.HISTORY_SIZE, HISTORY_SIZE)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_SIZE)
            .build();
    historyFile.ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
    reader.getWidgets().put(INTERRUPT_WIDGET, this::interrupt);
    reader.getWidgets().put(DETACH_WIDGET, this::detach);
    mainKeys().bind(new Reference(INTERRUPT_WIDGET), KeyMap.ctrl('C'));
    bindCursorKeys();
  }

  /** The first key of a line comes before JLine has put the terminal's keypad in its own mode. */
  private void bindCursorKeys() {
    CURSOR_KEYS.forEach(
        (key, widget) -> {
          mainKeys().bind(new Reference(widget), "\033[" + key);
          mainKeys().bind(new Reference(widget), "\033O" + key);
        });
  }

  private KeyMap<Binding> mainKeys() {
    return reader.getKeyMaps().get(LineReader.MAIN);
  }

  /** Leaves the line as it is, with ^C behind it. */
  private boolean interrupt() {
    reader.getBuffer().cursor(reader.getBuffer().length());
    reader.getBuffer().write("^C");
    throw new UserInterruptException("");
  }

  private boolean detach() {
    detached = true;
    throw new UserInterruptException("");
  }

  boolean isEditing() {
    return reader.isReading();
  }

  void printAbove(String lines) {
    reader.printAbove(lines);
  }

  /**
   * Edits a line until it is entered or given up.
   *
   * @param firstKey what was typed so far
   */
  Edited edit(Console.CommandLine line, String firstKey) {
    if (line.isAttached()) {
      mainKeys().bind(new Reference(DETACH_WIDGET), DETACH_KEYS);
    } else {
      mainKeys().unbind(DETACH_KEYS);
    }
    detached = false;
    reader.runMacro(firstKey);
    reader.getTerminal().writer().write('\r');
    try {
      // A percent sign would begin one of JLine's own patterns.
      String prompt = line.text().replace("%", "%%");
      return new Edited(
          Outcome.ENTERED, reader.readLine(prompt, null, (Character) null, line.typedAhead()));
    } catch (UserInterruptException _) {
      return new Edited(detached ? Outcome.DETACHED : Outcome.INTERRUPTED, "");
    } catch (EndOfFileException _) {
      return new Edited(Outcome.END_OF_INPUT, "");
    }
  }
}

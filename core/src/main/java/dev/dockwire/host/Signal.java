package dev.dockwire.host;

import java.util.Locale;
import java.util.Optional;

/** The signals that processes here send each other, with Linux's numbers. */
public enum Signal {
  HUP(1, "Hangup"),
  INT(2, "Interrupt"),
  QUIT(3, "Quit"),
  KILL(9, "Killed"),
  USR1(10, "User defined signal 1"),
  USR2(12, "User defined signal 2"),
  PIPE(13, "Broken pipe"),
  TERM(15, "Terminated"),
  CHLD(17, "Child exited"),
  WINCH(28, "Window changed");

  private final int number;
  private final String text;

  Signal(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  /** The text that strsignal has for it. */
  public String text() {
    return text;
  }

  /** The exit status of a process that this signal ended, as a shell shows it. */
  public int exitStatus() {
    return 128 + number;
  }

  boolean isIgnoredByDefault() {
    return this == CHLD || this == WINCH;
  }

  /** Finds a signal by name, with or without {@code SIG}, or by number. */
  public static Optional<Signal> find(String text) {
    String name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    for (Signal signal : values()) {
      if (signal.name().equals(name) || Integer.toString(signal.number).equals(text)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}

package dev.dockwire.host;

import java.util.Locale;
import java.util.Optional;

/** The signals that processes here send each other, with Linux's numbers. */
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  KILL(9),
  USR1(10),
  USR2(12),
  PIPE(13),
  TERM(15),
  CHLD(17),
  WINCH(28);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  public int number() {
    return number;
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

package dev.dockwire.stack.tcp.script;

import dev.dockwire.stack.tcp.SocketOptions;

/** Socket options: {@code nodelay on}, {@code keepalive 7200/75/9}, {@code linger 0} and so on. */
final class OptionWords {

  private OptionWords() {}

  static SocketOptions change(SocketOptions options, Words words) {
    String option = words.next("a socket option");
    String value = words.next("its value");
    return switch (option) {
      case "nodelay" -> options.withNoDelay(isOn(value));
      case "cork" -> options.withCork(isOn(value));
      case "keepalive" -> keepAlive(options, value.split("/"));
      case "user-timeout" -> options.withUserTimeout(ScenarioRunner.nanos(value));
      case "linger" ->
          value.equals("off")
              ? options.withoutLinger()
              : options.withLinger(ScenarioRunner.nanos(value));
      default -> throw new IllegalArgumentException("there is no socket option " + option);
    };
  }

  private static boolean isOn(String value) {
    if (!value.equals("on") && !value.equals("off")) {
      throw new IllegalArgumentException("an option is on or off");
    }
    return value.equals("on");
  }

  /** Idle time, interval and count. */
  private static SocketOptions keepAlive(SocketOptions options, String... times) {
    return options
        .withKeepAlive(true)
        .withKeepAliveTimes(
            ScenarioRunner.nanos(times[0]),
            ScenarioRunner.nanos(times[1]),
            Integer.parseInt(times[2]));
  }
}

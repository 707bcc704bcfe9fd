package dev.dockwire.engine;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The entry point of the mysql image: refuses to start without one of its password variables, as
 * the real one does. With one it stays up until it is stopped; there is no server behind it yet.
 */
final class MysqlEntrypoint implements Program {

  private static final List<String> PASSWORD_OPTIONS =
      List.of("MYSQL_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD");

  @Override
  public int run(Process self) {
    Map<String, String> environment = self.environment();
    if (PASSWORD_OPTIONS.stream().allMatch(name -> environment.getOrDefault(name, "").isEmpty())) {
      self.printError(
          "error: database is uninitialized and password option is not specified \n"
              + "  You need to specify one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and"
              + " MYSQL_RANDOM_ROOT_PASSWORD\n");
      return 1;
    }
    boolean[] stopped = new boolean[1];
    self.onSignal(Signal.TERM, () -> stopped[0] = true);
    while (!stopped[0]) {
      self.await(() -> stopped[0], Clock.NEVER);
    }
    return 0;
  }
}

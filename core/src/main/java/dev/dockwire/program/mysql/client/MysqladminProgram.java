package dev.dockwire.program.mysql.client;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.program.mysql.sql.Variables;
import java.util.Locale;

/** {@code mysqladmin} with its commands {@code ping}, {@code status} and {@code version}. */
public final class MysqladminProgram implements Program {

  private static final int LOWEST_CLIENT_ERROR = 2000;

  @Override
  public int run(Process self) {
    MysqlOptions options = MysqlOptions.parse(self, "mysqladmin");
    String banner =
        "mysqladmin  Ver "
            + Variables.VERSION
            + " for Linux on x86_64 (MySQL Community Server - GPL)\n";
    if (options.version || options.words.isEmpty()) {
      self.print(banner);
      return options.version ? 0 : 1;
    }
    try (ServerConnection server = ServerConnection.open(self, options)) {
      for (String command : options.words) {
        switch (command.toLowerCase(Locale.ROOT)) {
          case "ping" -> {
            server.ping();
            self.print("mysqld is alive\n");
          }
          case "status" -> self.print(server.statistics() + "\n");
          case "version" ->
              self.print(banner + "Server version\t\t" + server.serverVersion() + "\n");
          default -> {
            self.printError("mysqladmin: Unknown command: '" + command + "'\n");
            return 1;
          }
        }
      }
      return 0;
    } catch (ClientException refused) {
      return report(self, options, refused);
    }
  }

  private static int report(Process self, MysqlOptions options, ClientException refused) {
    String host = options.host.orElse("localhost");
    self.printError(
        "mysqladmin: connect to server at '"
            + host
            + "' failed\nerror: '"
            + refused.error().message()
            + "'\n");
    if (options.usesSocket() && refused.error().code() >= LOWEST_CLIENT_ERROR) {
      self.printError(
          "Check that mysqld is running and that the socket: '/var/run/mysqld/mysqld.sock'"
              + " exists!\n");
    }
    // Whoever is refused has found a server that is alive.
    boolean alive = refused.error().code() < LOWEST_CLIENT_ERROR;
    return alive && options.words.contains("ping") ? 0 : 1;
  }
}

package dev.dockwire.program.mysql.server;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.Scramble;
import dev.dockwire.program.mysql.sql.Database;
import dev.dockwire.program.mysql.sql.Variables;
import java.net.BindException;
import java.util.List;

/**
 * {@code mysqld} 8.0: the protocol is MySQL's, the SQL engine is H2. Takes {@code --port} and
 * {@code --default-authentication-plugin} of the real one's options and lets the others pass by.
 */
public final class MysqldProgram implements Program {

  static final String NAME = "/usr/sbin/mysqld";

  private static final int MYSQL_PORT = 3306;

  @Override
  public int run(Process self) {
    List<String> options = self.arguments().subList(1, self.arguments().size());
    if (options.contains("--version") || options.contains("-V")) {
      self.print(
          NAME
              + "  Ver "
              + Variables.VERSION
              + " for Linux on x86_64 (MySQL Community Server - GPL)\n");
      return 0;
    }
    ServerLog log = new ServerLog(self);
    DataDirectory directory = new DataDirectory(self.host().files());
    if (!directory.isInitialized()) {
      log.error("MY-010457", "--initialize specified but the data directory does not exist");
      return 1;
    }
    log.system(
        "MY-010116",
        NAME + " (mysqld " + Variables.VERSION + ") starting as process " + self.pid());
    return serve(self, options, log, directory);
  }

  private static int serve(
      Process self, List<String> options, ServerLog log, DataDirectory directory) {
    int tcpPort = port(options);
    Scramble plugin =
        options.contains("--default-authentication-plugin=" + Scramble.NATIVE.plugin())
            ? Scramble.NATIVE
            : Scramble.CACHING_SHA2;
    Database database;
    try {
      database =
          Database.open(
              directory.script(),
              self.world()::epochNanos,
              self.world().seed().generator("mysqld data " + self.host().name()));
    } catch (MysqlException e) {
      log.error("MY-010334", "Failed to initialize DD Storage Engine: " + e.error().message());
      log.error("MY-010119", "Aborting");
      return 1;
    }
    directory.databases().forEach(database::createDatabase);
    MysqlService service;
    try {
      service =
          MysqlService.listen(self, new Accounts(directory.accounts(), plugin), database, tcpPort);
    } catch (BindException e) {
      database.close();
      log.error("MY-010262", "Can't start server: Bind on TCP/IP port: Address already in use");
      log.error(
          "MY-010257",
          "Do you already have another mysqld server running on port: " + tcpPort + " ?");
      log.error("MY-010119", "Aborting");
      return 1;
    }
    // After the service has let its clients go, and with them what they have not committed.
    self.onEnd(() -> end(directory, database));
    log.system(
        "MY-010931",
        NAME
            + ": ready for connections. Version: '"
            + Variables.VERSION
            + "'  socket: '/var/run/mysqld/mysqld.sock'  port: "
            + tcpPort
            + "  MySQL Community Server - GPL.");
    service.serve();
    log.system(
        "MY-010910",
        NAME
            + ": Shutdown complete (mysqld "
            + Variables.VERSION
            + ")  MySQL Community Server - GPL.");
    return 0;
  }

  private static int port(List<String> options) {
    return options.stream()
        .filter(option -> option.matches("--port=[0-9]{1,5}"))
        .mapToInt(option -> Integer.parseInt(option.substring(7)))
        .filter(number -> number > 0 && number < 65_536)
        .findFirst()
        .orElse(MYSQL_PORT);
  }

  private static void end(DataDirectory directory, Database database) {
    try {
      directory.save(database.script());
    } catch (SystemCallException | MysqlException notPossible) {
      // What was saved before is still there, as after a crash.
    }
    database.close();
  }
}

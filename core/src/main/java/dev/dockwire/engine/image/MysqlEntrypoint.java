package dev.dockwire.engine.image;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.program.mysql.server.DataDirectory;
import dev.dockwire.program.mysql.sql.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The entry point of the mysql image: at the first start it prepares the data directory after the
 * variables, and refuses to without one about root's password, as the real one does; then it
 * becomes the command. Preparing takes no time here.
 */
final class MysqlEntrypoint implements Program {

  private static final String ROOT = "root";
  private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int RANDOM_LENGTH = 32;
  private static final List<String> PASSWORD_OPTIONS =
      List.of("MYSQL_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD");

  @Override
  public int run(Process self) {
    List<String> command = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
    if (command.isEmpty()) {
      return 0;
    }
    if (command.getFirst().startsWith("-")) {
      command.addFirst("mysqld");
    }
    if (command.getFirst().equals("mysqld") && !wantsHelp(command)) {
      DataDirectory directory = new DataDirectory(self.host().files());
      if (!directory.isInitialized() && !initialize(self, directory)) {
        return 1;
      }
    }
    return Executables.become(self, command, "/usr/local/bin/docker-entrypoint.sh");
  }

  private static boolean wantsHelp(List<String> command) {
    return command.stream()
        .anyMatch(word -> List.of("-?", "--help", "--version", "-V").contains(word));
  }

  private static boolean initialize(Process self, DataDirectory directory) {
    Map<String, String> environment = self.environment();
    if (PASSWORD_OPTIONS.stream().allMatch(name -> get(environment, name).isEmpty())) {
      self.printError(
          "error: database is uninitialized and password option is not specified \n"
              + "  You need to specify one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and"
              + " MYSQL_RANDOM_ROOT_PASSWORD\n");
      return false;
    }
    self.print("Initializing database\n");
    self.print("Database initialized\n");
    self.print("MySQL init process in progress...\n");
    String rootPassword = get(environment, "MYSQL_ROOT_PASSWORD").orElse("");
    if (get(environment, "MYSQL_RANDOM_ROOT_PASSWORD").isPresent()) {
      rootPassword =
          randomPassword(self.world().seed().generator("mysql root " + self.host().name()));
      self.print("GENERATED ROOT PASSWORD: " + rootPassword + "\n");
    }
    List<Account> accounts = new ArrayList<>();
    accounts.add(Account.of(ROOT, rootPassword, Optional.empty()));
    Optional<String> database = get(environment, "MYSQL_DATABASE");
    Optional<String> user = get(environment, "MYSQL_USER");
    Optional<String> password = get(environment, "MYSQL_PASSWORD");
    if (user.isPresent() && password.isPresent() && !user.get().equals(ROOT)) {
      accounts.add(Account.of(user.get(), password.get(), Optional.of(database.orElse(""))));
    }
    directory.initialize(accounts, database.stream().toList());
    self.print("\nMySQL init process done. Ready for start up.\n\n");
    return true;
  }

  private static Optional<String> get(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static String randomPassword(RandomGenerator random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }
}

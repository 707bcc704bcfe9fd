package dev.dockwire.program.mysql.server;

import dev.dockwire.host.FileTree;
import dev.dockwire.program.mysql.Scramble;
import dev.dockwire.program.mysql.sql.Account;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /var/lib/mysql}: accounts, and the statements that make the data again. It is written when
 * the server ends, so what is in it outlasts the process as the container's files do.
 */
public final class DataDirectory {

  private static final String PATH = "/var/lib/mysql";
  private static final String ACCOUNTS = PATH + "/accounts";
  private static final String DATABASES = PATH + "/databases";
  private static final String DATA = PATH + "/data.sql";
  private static final String END_OF_STATEMENT = ";\n";

  private final FileTree files;

  public DataDirectory(FileTree files) {
    this.files = files;
  }

  /** Whether a server has been prepared here. */
  public boolean isInitialized() {
    return files.find(ACCOUNTS).isPresent();
  }

  /**
   * Prepares for a server.
   *
   * @param databases to be made when it starts
   */
  public void initialize(List<Account> accounts, List<String> databases) {
    files.makeDirectories(PATH);
    StringBuilder lines = new StringBuilder();
    for (Account account : accounts) {
      HexFormat hex = HexFormat.of();
      lines
          .append(hex.formatHex(account.name().getBytes(StandardCharsets.UTF_8)))
          .append(':')
          .append(hex.formatHex(account.stored().get(Scramble.CACHING_SHA2)))
          .append(':')
          .append(hex.formatHex(account.stored().get(Scramble.NATIVE)))
          .append(':')
          .append(
              account
                  .database()
                  .map(name -> hex.formatHex(name.getBytes(StandardCharsets.UTF_8)))
                  .orElse("*"))
          .append('\n');
    }
    files.write(ACCOUNTS, lines.toString());
    files.write(DATABASES, String.join("\n", databases));
  }

  /** Who may log in, by name; lines that make no sense are nobody. */
  Map<String, Account> accounts() {
    Map<String, Account> accounts = new LinkedHashMap<>();
    for (String line : files.readText(ACCOUNTS).split("\n")) {
      if (line.matches("([0-9a-f]{2})*:([0-9a-f]{64})?:([0-9a-f]{40})?:(\\*|([0-9a-f]{2})*)")) {
        String[] parts = line.split(":", -1);
        String name = text(parts[0]);
        Map<Scramble, byte[]> stored =
            Map.of(
                Scramble.CACHING_SHA2,
                HexFormat.of().parseHex(parts[1]),
                Scramble.NATIVE,
                HexFormat.of().parseHex(parts[2]));
        Optional<String> database =
            parts[3].equals("*") ? Optional.empty() : Optional.of(text(parts[3]));
        accounts.put(name, new Account(name, stored, database));
      }
    }
    return accounts;
  }

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  List<String> databases() {
    return Arrays.stream(files.readText(DATABASES).split("\n"))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The statements that make the data; none at the first start. */
  List<String> script() {
    String text = files.readText(DATA);
    return text.isEmpty() ? List.of() : List.of(text.split(END_OF_STATEMENT));
  }

  /**
   * Keeps the data.
   *
   * @throws dev.dockwire.host.SystemCallException ENOSPC
   */
  void save(List<String> script) {
    List<String> statements = new ArrayList<>(script.size());
    for (String statement : script) {
      statements.add(statement.endsWith(";") ? statement + "\n" : statement + END_OF_STATEMENT);
    }
    files.write(DATA, String.join("", statements));
  }
}

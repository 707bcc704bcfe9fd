package dev.dockwire.program.mysql.client;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.program.mysql.ServerError;
import dev.dockwire.program.mysql.sql.Variables;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code mysql}: sends statements from {@code -e}, from standard input or from a terminal, and
 * prints what comes back. Without editing of lines, {@code source} and {@code delimiter}.
 */
public final class MysqlProgram implements Program {

  private static final String PROMPT = "mysql> ";

  @Override
  public int run(Process self) {
    MysqlOptions options = MysqlOptions.parse(self, "mysql");
    if (options.version) {
      self.print(
          "mysql  Ver "
              + Variables.VERSION
              + " for Linux on x86_64 (MySQL Community Server - GPL)\n");
      return 0;
    }
    options.database = options.database.or(() -> options.words.stream().findFirst());
    try (ServerConnection server = ServerConnection.open(self, options)) {
      return new Dialog(self, options, server).run();
    } catch (ClientException refused) {
      self.printError(refused.error() + "\n");
      return 1;
    }
  }

  /** One run, connected. */
  private static final class Dialog {

    private final Process self;
    private final MysqlOptions options;
    private final ServerConnection server;
    private final StatementReader statements = new StatementReader();
    private final boolean terminal;
    private final boolean interactive;
    private boolean interrupted;
    private int status;

    Dialog(Process self, MysqlOptions options, ServerConnection server) {
      this.self = self;
      this.options = options;
      this.server = server;
      this.terminal = self.stdio().in().tty().isPresent() && self.stdio().out().tty().isPresent();
      this.interactive = terminal && !options.batch && options.execute.isEmpty();
    }

    int run() throws ClientException {
      if (options.execute.isPresent()) {
        statements.add(options.execute.get());
        if (runWhole()) {
          statements.rest().ifPresent(this::runOne);
        }
        return status;
      }
      if (interactive) {
        welcome();
        self.onSignal(Signal.INT, () -> interrupted = true);
        self.stdio().in().tty().ifPresent(tty -> tty.foreground(List.of(self)));
      }
      while (true) {
        Optional<String> line = readLine();
        if (interrupted) {
          interrupted = false;
          statements.clear();
          self.print("\n");
          continue;
        }
        if (line.isEmpty()) {
          if (interactive) {
            self.print("Bye\n");
          } else {
            statements.rest().ifPresent(this::runOne);
          }
          return status;
        }
        if (statements.isEmpty() && isCommand(line.get().strip())) {
          if (!runCommand(line.get().strip())) {
            return status;
          }
          continue;
        }
        statements.add(line.get());
        if (!runWhole()) {
          return status;
        }
      }
    }

    private void welcome() throws ClientException {
      String comment =
          server.query("select @@version_comment limit 1") instanceof Result.Table table
              ? " " + table.rows().getFirst().getFirst()
              : "";
      self.print(
          "Welcome to the MySQL monitor.  Commands end with ; or \\g.\n"
              + ("Your MySQL connection id is " + server.connectionId() + "\n")
              + ("Server version: " + server.serverVersion() + comment + "\n")
              + "\nType 'help;' or '\\h' for help. Type '\\c' to clear the current input"
              + " statement.\n\n");
    }

    private Optional<String> readLine() {
      if (interactive) {
        self.print(statements.isEmpty() ? PROMPT : statements.continuationPrompt());
      }
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] next = new byte[1];
      while (true) {
        int count = self.stdio().in().read(self, next, 0, 1);
        if (interrupted) {
          return Optional.of("");
        }
        if (count < 0) {
          return line.size() == 0
              ? Optional.empty()
              : Optional.of(line.toString(StandardCharsets.UTF_8));
        }
        line.write(next, 0, count);
        if (count > 0 && next[0] == '\n') {
          return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
      }
    }

    private static String firstWord(String line) {
      return line.replaceFirst(";$", "").replaceFirst("\\s.*", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isCommand(String line) {
      return switch (firstWord(line)) {
        case "quit", "exit", "\\q", "help", "\\h", "?", "\\?", "status", "\\s", "use", "\\u" ->
            true;
        default -> false;
      };
    }

    /** Runs what the client itself understands; false if that ends it. */
    private boolean runCommand(String line) {
      switch (firstWord(line)) {
        case "use", "\\u" -> {
          String name = line.replaceFirst("\\S+\\s*", "").replaceAll("[;`]", "").strip();
          try {
            server.use(name);
            say("Database changed\n");
          } catch (ClientException refused) {
            return report(refused, 1);
          }
        }
        case "status", "\\s" -> status();
        case "help", "\\h", "?", "\\?" ->
            self.print(
                "\nquit (\\q), use (\\u) NAME, status (\\s), clear (\\c), go (\\g), ego (\\G)\n\n");
        default -> {
          if (interactive) {
            self.print("Bye\n");
          }
          return false;
        }
      }
      return true;
    }

    private void status() {
      try {
        String line = server.statistics();
        self.print(
            "--------------\nConnection id:\t\t"
                + server.connectionId()
                + "\nServer version:\t\t"
                + server.serverVersion()
                + " "
                + Variables.VERSION_COMMENT
                + "\nProtocol version:\t10\n\n"
                + line
                + "\n--------------\n\n");
      } catch (ClientException lost) {
        report(lost, 1);
      }
    }

    /** Runs the statements that are there as a whole; false if the program ends. */
    private boolean runWhole() {
      for (Optional<StatementReader.Typed> typed = statements.next();
          typed.isPresent();
          typed = statements.next()) {
        if (!runOne(typed.get())) {
          return false;
        }
      }
      return true;
    }

    private boolean runOne(StatementReader.Typed typed) {
      if (typed.sql().isEmpty()) {
        return !interactive || report(new ClientException(1065, "No query specified\n"), 1);
      }
      if (isCommand(typed.sql())) {
        return runCommand(typed.sql());
      }
      long begun = self.now();
      try {
        print(server.query(typed.sql()), typed.vertical(), self.now() - begun);
        return true;
      } catch (ClientException refused) {
        return report(refused, typed.line());
      }
    }

    private void print(Result result, boolean vertical, long nanos) {
      String seconds = String.format(Locale.ROOT, " (%.2f sec)\n", nanos / 1e9);
      switch (result) {
        case Result.Done done -> {
          say("Query OK, " + count(done.affected(), "row") + " affected" + seconds);
          say(done.info().isEmpty() ? "" : done.info() + "\n");
          say("\n");
        }
        case Result.Table table -> {
          if (table.rows().isEmpty()) {
            say("Empty set" + seconds + "\n");
            return;
          }
          boolean names =
              !options.skipNames && !(options.silent && !options.table && options.batch);
          if (vertical || options.vertical) {
            self.print(ResultPrinter.vertical(table));
          } else if (options.table || terminal && !options.batch && !options.silent) {
            self.print(ResultPrinter.table(table, !options.skipNames));
          } else {
            self.print(ResultPrinter.lines(table, names, options.raw));
          }
          say(count(table.rows().size(), "row") + " in set" + seconds + "\n");
        }
      }
    }

    private static String count(long number, String noun) {
      return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Says what only somebody at a terminal wants to know. */
    private void say(String text) {
      if (interactive) {
        self.print(text);
      }
    }

    /** Prints an error; false if the program ends by it. */
    private boolean report(ClientException refused, int line) {
      ServerError error = refused.error();
      self.printError(
          interactive
              ? error + "\n"
              : "ERROR "
                  + error.code()
                  + " ("
                  + error.sqlState()
                  + ") at line "
                  + line
                  + ": "
                  + error.message()
                  + "\n");
      if (!interactive || refused.isLost()) {
        status = 1;
      }
      return (interactive || options.force) && !refused.isLost();
    }
  }
}

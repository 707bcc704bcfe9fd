package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.ServerError;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Statements that make, change and drop databases and tables; each ends the transaction. */
final class Definitions {

  private static final Set<String> OBJECTS =
      Set.of("TABLE", "INDEX", "VIEW", "UNIQUE", "OR", "TEMPORARY");

  private final Session session;

  Definitions(Session session) {
    this.session = session;
  }

  Answer answer(Statement statement) throws MysqlException, LockedException {
    session.endTransaction(true);
    String verb = statement.verb();
    statement.take();
    if (statement.skip("DATABASE") || statement.skip("SCHEMA")) {
      return switch (verb) {
        case "CREATE" -> create(statement);
        case "DROP" -> drop(statement);
        default -> throw Errors.notSupported(verb + " DATABASE");
      };
    }
    if (verb.equals("RENAME")) {
      throw Errors.notSupported("RENAME");
    }
    if (verb.equals("TRUNCATE") && !statement.looksAt("TABLE")) {
      checkDatabase(statement);
    } else {
      String object = statement.take().text().toUpperCase(Locale.ROOT);
      if (!OBJECTS.contains(object)) {
        throw Errors.notSupported(verb + " " + object);
      }
      if (object.equals("TABLE") || object.equals("TEMPORARY")) {
        statement.skip("TABLE");
        checkDatabase(statement);
      }
    }
    Answer.Done done = (Answer.Done) session.run(statement);
    return new Answer.Done(
        0, 0, verb.equals("ALTER") ? "Records: 0  Duplicates: 0  Warnings: 0" : done.info());
  }

  /** A table's name without a database means the one in use, so there has to be one. */
  private void checkDatabase(Statement statement) throws MysqlException {
    if (!statement.skip("IF", "NOT", "EXISTS")) {
      statement.skip("IF", "EXISTS");
    }
    statement.takeName();
    if (!statement.looksAt(".") && session.current().isEmpty()) {
      throw new MysqlException(ServerError.NO_DATABASE);
    }
  }

  private Answer create(Statement statement) throws MysqlException, LockedException {
    boolean ifMissing = statement.skip("IF", "NOT", "EXISTS");
    String name = statement.takeName();
    checkMayChange(name);
    if (find(name).isPresent()) {
      if (ifMissing) {
        return new Answer.Done(1, 0, "");
      }
      throw new MysqlException(
          1007, "HY000", "Can't create database '" + name + "'; database exists");
    }
    run(statement, "CREATE SCHEMA " + Translator.name(name));
    return new Answer.Done(1, 0, "");
  }

  private Answer drop(Statement statement) throws MysqlException, LockedException {
    boolean ifThere = statement.skip("IF", "EXISTS");
    String name = statement.takeName();
    statement.expectEnd();
    checkMayChange(name);
    Optional<String> found = find(name);
    if (found.isEmpty()) {
      if (ifThere) {
        return Answer.Done.NOTHING;
      }
      throw new MysqlException(
          1008, "HY000", "Can't drop database '" + name + "'; database doesn't exist");
    }
    String schema = Translator.literal(found.get());
    int tables =
        session
            .ask("SELECT 1 FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = " + schema)
            .size();
    run(statement, "DROP SCHEMA " + Translator.name(found.get()) + " CASCADE");
    session.forgetDropped();
    return new Answer.Done(tables, 0, "");
  }

  private void run(Statement statement, String sql) throws MysqlException, LockedException {
    Translation whole = Translator.translate(session, statement.tokens());
    session.run(statement, new Translation(sql, whole.starts(), whole.tokens()));
  }

  private Optional<String> find(String name) throws MysqlException {
    return session.databases().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private void checkMayChange(String name) throws MysqlException {
    boolean reserved =
        name.equalsIgnoreCase(Show.INFORMATION_SCHEMA)
            || name.equalsIgnoreCase(Database.HIDDEN_SCHEMA);
    if (reserved || session.account().database().isPresent()) {
      throw Errors.accessDenied(session.account(), name);
    }
  }
}

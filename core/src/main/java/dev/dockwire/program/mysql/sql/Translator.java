package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes tokens of MySQL's dialect as H2 takes them: strings and names with the standard's quotes,
 * values in place of system variables and of functions that depend on the session, the clock and
 * chance of the emulator in place of the machine's.
 */
final class Translator {

  /** What a statement may ask of the session. */
  interface Facts {

    /** The value of a function without arguments as a literal, if it is the session's to know. */
    Optional<String> function(String upperName);

    /** The value of a system variable as a literal. */
    String variable(String name) throws MysqlException;
  }

  private static final String NOW = "\"PUBLIC\".\"NOW_\"()";
  private static final String TODAY = "CAST(" + NOW + " AS DATE)";
  private static final String TIME_OF_DAY = "CAST(" + NOW + " AS TIME(0))";

  /** Functions of the clock and chance; their one argument, a precision, is left out. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("NOW", NOW),
          Map.entry("SYSDATE", NOW),
          Map.entry("CURRENT_TIMESTAMP", NOW),
          Map.entry("LOCALTIME", NOW),
          Map.entry("LOCALTIMESTAMP", NOW),
          Map.entry("UTC_TIMESTAMP", NOW),
          Map.entry("CURDATE", TODAY),
          Map.entry("CURRENT_DATE", TODAY),
          Map.entry("UTC_DATE", TODAY),
          Map.entry("CURTIME", TIME_OF_DAY),
          Map.entry("CURRENT_TIME", TIME_OF_DAY),
          Map.entry("UTC_TIME", TIME_OF_DAY),
          Map.entry("RAND", "\"PUBLIC\".\"RAND_\"()"),
          Map.entry("UUID", "\"PUBLIC\".\"UUID_\"()"));

  /** Those that need no parentheses. */
  private static final Set<String> BARE =
      Set.of(
          "CURRENT_TIMESTAMP",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "UTC_TIMESTAMP",
          "UTC_DATE",
          "UTC_TIME",
          "CURRENT_USER");

  private static final Map<String, String> RENAMED =
      Map.of(
          "IF", "CASEWHEN",
          "REPEAT", "\"PUBLIC\".\"REPEAT_\"",
          "LPAD", "\"PUBLIC\".\"LPAD_\"",
          "RPAD", "\"PUBLIC\".\"RPAD_\"",
          "FROM_UNIXTIME", "\"PUBLIC\".\"FROM_UNIXTIME_\"",
          "DATE_FORMAT", "\"PUBLIC\".\"DATE_FORMAT_\"");

  /** H2's own functions that MySQL has not, and that reach for files or take for ever. */
  private static final Set<String> FOREIGN =
      Set.of(
          "FILE_READ",
          "FILE_WRITE",
          "CSVREAD",
          "CSVWRITE",
          "LINK_SCHEMA",
          "HASH",
          "SPACE",
          "ENCRYPT",
          "DECRYPT",
          "SYSTEM_RANGE",
          "ORA_HASH",
          "ABORT_SESSION",
          "CANCEL_SESSION");

  /** In front of a string they say what it is anyway. */
  private static final Set<String> CHARACTER_SETS =
      Set.of("_UTF8MB4", "_UTF8", "_LATIN1", "_ASCII", "N");

  private static final Map<String, String> SIGNS =
      Map.of("&&", " AND ", "||", " OR ", "<=>", " IS NOT DISTINCT FROM ", "RLIKE", "REGEXP");

  private final Facts facts;
  private final List<Token> tokens;
  private final StringBuilder sql = new StringBuilder();
  private final List<Integer> starts = new ArrayList<>();
  private int lastStart;

  private Translator(Facts facts, List<Token> tokens) {
    this.facts = facts;
    this.tokens = tokens;
  }

  static Translation translate(Facts facts, List<Token> tokens) throws MysqlException {
    Translator translator = new Translator(facts, tokens);
    int i = 0;
    while (i < tokens.size()) {
      if (i > 0 && tokens.get(i).start() > tokens.get(i - 1).end()) {
        translator.sql.append(' ');
      }
      int before = i;
      i = translator.translate(i);
      for (int taken = before; taken < i; taken++) {
        translator.starts.add(translator.lastStart);
      }
    }
    return new Translation(translator.sql.toString(), translator.starts, tokens);
  }

  /** Translates a token and those that belong to it; returns the next one's index. */
  private int translate(int index) throws MysqlException {
    Token token = tokens.get(index);
    lastStart = sql.length();
    switch (token.kind()) {
      case STRING -> sql.append(literal(token.text()));
      case NAME -> sql.append(name(token.text()));
      case SYSTEM_VARIABLE -> sql.append(facts.variable(token.text()));
      case USER_VARIABLE -> sql.append('@').append(token.text());
      case NUMBER -> sql.append(token.text());
      case SIGN -> sql.append(SIGNS.getOrDefault(token.text(), token.text()));
      case WORD -> {
        return translateWord(index);
      }
    }
    return index + 1;
  }

  private int translateWord(int index) throws MysqlException {
    String word = tokens.get(index).text();
    String upper = word.toUpperCase(Locale.ROOT);
    boolean call = isSign(index + 1, "(");
    if (CHARACTER_SETS.contains(upper)
        && index + 1 < tokens.size()
        && tokens.get(index + 1).kind() == Token.Kind.STRING) {
      return index + 1;
    }
    if (isSign(index - 1, ".")) {
      sql.append(word);
      return index + 1;
    }
    if (call && FOREIGN.contains(upper)) {
      throw new MysqlException(1305, "42000", "FUNCTION " + word + " does not exist");
    }
    int end = call ? endOfCall(index) : BARE.contains(upper) ? index + 1 : -1;
    if (end > 0) {
      Optional<String> value =
          Optional.ofNullable(CALLS.get(upper)).or(() -> facts.function(upper));
      if (value.isPresent()) {
        sql.append(value.get());
        return end;
      }
      if (upper.equals("UNIX_TIMESTAMP")) {
        sql.append("UNIX_TIMESTAMP(" + NOW + ")");
        return end;
      }
    }
    sql.append(call ? RENAMED.getOrDefault(upper, word) : SIGNS.getOrDefault(upper, word));
    return index + 1;
  }

  /** Behind a call without arguments or with one number; -1 if it has others. */
  private int endOfCall(int index) {
    if (isSign(index + 2, ")")) {
      return index + 3;
    }
    boolean number = index + 2 < tokens.size() && tokens.get(index + 2).kind() == Token.Kind.NUMBER;
    return number && isSign(index + 3, ")") ? index + 4 : -1;
  }

  private boolean isSign(int index, String sign) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(sign);
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String name(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}

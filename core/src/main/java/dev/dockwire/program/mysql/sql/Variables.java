package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The system variables as one session sees them: those that clients ask for. */
public final class Variables {

  /** The version that the image has. */
  public static final String VERSION = "8.0.12";

  /** Says openly what this is. */
  public static final String VERSION_COMMENT = "emulated by Dockwire with " + Database.ENGINE;

  /** The longest packet that is taken, in octets; the real server's default is 64 MiB. */
  public static final int MAX_ALLOWED_PACKET = 4 << 20;

  public static final int MAX_CONNECTIONS = 151;

  /** How long a transaction waits for another. */
  public static final int LOCK_WAIT_SECONDS = 50;

  private static final String DEFAULTS =
      """
      auto_generate_certs OFF
      auto_increment_increment 1
      auto_increment_offset 1
      autocommit ON
      basedir /usr/
      character_set_client utf8mb4
      character_set_connection utf8mb4
      character_set_database utf8mb4
      character_set_filesystem binary
      character_set_results utf8mb4
      character_set_server utf8mb4
      character_set_system utf8
      collation_connection utf8mb4_0900_ai_ci
      collation_database utf8mb4_0900_ai_ci
      collation_server utf8mb4_0900_ai_ci
      connect_timeout 10
      datadir /var/lib/mysql/
      default_storage_engine H2
      foreign_key_checks ON
      have_openssl DISABLED
      have_ssl DISABLED
      init_connect
      interactive_timeout 28800
      license GPL
      lower_case_table_names 0
      max_execution_time 0
      net_buffer_length 16384
      net_read_timeout 30
      net_write_timeout 60
      performance_schema OFF
      pid_file /var/run/mysqld/mysqld.pid
      port 3306
      protocol_version 10
      server_id 1
      skip_name_resolve ON
      socket /var/run/mysqld/mysqld.sock
      sql_auto_is_null OFF
      sql_mode STRICT_TRANS_TABLES
      sql_notes ON
      sql_quote_show_create ON
      sql_safe_updates OFF
      sql_select_limit 18446744073709551615
      system_time_zone UTC
      time_zone SYSTEM
      transaction_isolation READ-COMMITTED
      transaction_read_only OFF
      unique_checks ON
      version_compile_machine x86_64
      version_compile_os Linux
      wait_timeout 28800
      """;

  private final Map<String, String> values = new TreeMap<>();

  Variables() {
    DEFAULTS
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(pair -> values.put(pair[0], pair.length == 1 ? "" : pair[1]));
    values.put("innodb_lock_wait_timeout", Integer.toString(LOCK_WAIT_SECONDS));
    values.put("max_allowed_packet", Integer.toString(MAX_ALLOWED_PACKET));
    values.put("max_connections", Integer.toString(MAX_CONNECTIONS));
    values.put("version", VERSION);
    values.put("version_comment", VERSION_COMMENT);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("^(session|global|local|persist)\\.", "");
  }

  /** The value, ON and OFF included. */
  String get(String name) throws MysqlException {
    String value = values.get(key(name));
    if (value == null) {
      throw Errors.unknownVariable(key(name));
    }
    return value;
  }

  /** The value as a literal: numbers as they are, ON and OFF as 1 and 0. */
  String literal(String name) throws MysqlException {
    String value = get(name);
    if (value.equals("ON") || value.equals("OFF")) {
      return value.equals("ON") ? "1" : "0";
    }
    return value.matches("[0-9]{1,20}") ? value : Translator.literal(value);
  }

  /** Sets a variable for this session. */
  void set(String name, String value) throws MysqlException {
    String before = get(name);
    if (key(name).startsWith("version") || key(name).equals("hostname")) {
      throw new MysqlException(
          1238, "HY000", "Variable '" + key(name) + "' is a read only variable");
    }
    boolean isSwitch = before.equals("ON") || before.equals("OFF");
    values.put(key(name), isSwitch ? onOrOff(key(name), value) : value);
  }

  private static String onOrOff(String name, String value) throws MysqlException {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "1", "ON", "TRUE" -> "ON";
      case "0", "OFF", "FALSE" -> "OFF";
      default ->
          throw new MysqlException(
              1231,
              "42000",
              "Variable '" + name + "' can't be set to the value of '" + value + "'");
    };
  }

  /** What {@code SET NAMES} sets. */
  void names(String characterSet, String collation) {
    values.put("character_set_client", characterSet);
    values.put("character_set_connection", characterSet);
    values.put("character_set_results", characterSet);
    values.put("collation_connection", collation);
  }

  Map<String, String> all() {
    return new LinkedHashMap<>(values);
  }

  /** How long a silent client is kept, in seconds. */
  public long waitSeconds() {
    String value = values.get("wait_timeout");
    return value.matches("[0-9]{1,8}") ? Math.max(1, Long.parseLong(value)) : 28_800;
  }
}

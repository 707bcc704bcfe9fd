package dev.dockwire.nat.rule;

import java.util.Map;

/** The names of ports that {@code /etc/services} would give. */
final class Services {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("21", "ftp"),
          Map.entry("22", "ssh"),
          Map.entry("25", "smtp"),
          Map.entry("53", "domain"),
          Map.entry("80", "http"),
          Map.entry("123", "ntp"),
          Map.entry("443", "https"),
          Map.entry("3306", "mysql"),
          Map.entry("5432", "postgresql"),
          Map.entry("8080", "http-alt"));

  private Services() {}

  static String name(String port) {
    return NAMES.getOrDefault(port, port);
  }
}

package dev.dockwire.stack.tcp.script;

import java.io.IOException;
import java.util.Map;

/** The names that {@code errno.h} has for what the sockets throw. */
final class Errno {

  private static final Map<String, String> NAMES =
      Map.of(
          "Connection refused", "ECONNREFUSED",
          "Connection reset", "ECONNRESET",
          "Connection timed out", "ETIMEDOUT",
          "No route to host", "EHOSTUNREACH",
          "Network is unreachable", "ENETUNREACH",
          "Protocol not available", "ENOPROTOOPT",
          "Address already in use", "EADDRINUSE",
          "Cannot assign requested address", "EADDRNOTAVAIL",
          "Broken pipe", "EPIPE",
          "Socket closed", "ECANCELED");

  private Errno() {}

  static String of(IOException failure) {
    return NAMES.getOrDefault(failure.getMessage(), failure.toString());
  }
}

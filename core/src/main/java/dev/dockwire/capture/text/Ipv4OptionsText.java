package dev.dockwire.capture.text;

/** What is printed of the options of an IPv4 header. */
final class Ipv4OptionsText {

  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int RECORD_ROUTE = 7;
  private static final int TIMESTAMP = 68;
  private static final int LOOSE_ROUTE = 131;
  private static final int STRICT_ROUTE = 137;
  private static final int ROUTER_ALERT = 148;

  private Ipv4OptionsText() {}

  static void append(Line line, Octets options, int length) {
    int at = 0;
    String separator = "";
    while (at < length) {
      int type = options.octet(at);
      line.append(separator).append(name(type));
      separator = ",";
      if (type == END) {
        return;
      }
      if (type == NO_OPERATION) {
        at++;
        continue;
      }
      int optionLength = options.octet(at + 1);
      if (optionLength < 2 || at + optionLength > length) {
        line.append(" [bad length ").append(optionLength).append("]");
        return;
      }
      if (type == RECORD_ROUTE || type == LOOSE_ROUTE || type == STRICT_ROUTE) {
        appendRoute(line, options.from(at), optionLength);
      }
      at += optionLength;
    }
  }

  private static String name(int type) {
    return switch (type) {
      case END -> "EOL";
      case NO_OPERATION -> "NOP";
      case RECORD_ROUTE -> "RR";
      case TIMESTAMP -> "timestamp";
      case LOOSE_ROUTE -> "LSRR";
      case STRICT_ROUTE -> "SSRR";
      case ROUTER_ALERT -> "RA";
      default -> "unknown " + type;
    };
  }

  private static void appendRoute(Line line, Octets option, int length) {
    for (int at = 3; at + 4 <= length; at += 4) {
      line.append(at == 3 ? " " : ", ").append(line.names().host(option.int32(at)));
      if (option.octet(2) - 1 == at) {
        line.append("^ ");
      }
    }
  }
}

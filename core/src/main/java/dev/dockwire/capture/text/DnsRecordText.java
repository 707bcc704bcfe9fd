package dev.dockwire.capture.text;

/** What is printed of the questions and records of a DNS message. */
final class DnsRecordText {

  private static final int IN = 1;
  private static final int A = 1;
  private static final int NS = 2;
  private static final int CNAME = 5;
  private static final int SOA = 6;
  private static final int PTR = 12;
  private static final int MX = 15;
  private static final int TXT = 16;
  private static final int AAAA = 28;
  private static final int SRV = 33;
  private static final int OPT = 41;

  private static final int POINTER = 0xc0;

  /** More labels than a name can have are a loop of pointers. */
  private static final int MAX_LABELS = 128;

  private DnsRecordText() {}

  /** Appends a question and returns where the next one begins. */
  static int appendQuestion(Line line, Octets message, int at) {
    int end = skipName(message, at);
    line.append(" ").append(typeName(message.short16(end)));
    int dnsClass = message.short16(end + 2);
    line.append(dnsClass == IN ? "" : " " + className(dnsClass));
    line.append("? ").append(name(message, at));
    return end + 4;
  }

  /** Appends a record and returns where the next one begins. */
  static int appendRecord(Line line, Octets message, int at) {
    int end = skipName(message, at);
    if (line.isVerbose()) {
      line.append(" ").append(name(message, at));
    }
    int type = message.short16(end);
    int dnsClass = message.short16(end + 2);
    if (dnsClass != IN && type != OPT) {
      line.append(" ").append(className(dnsClass));
    }
    if (line.style.verbosity() > 2 && type != OPT) {
      line.append(" [").append(duration(message.unsigned32(end + 4))).append("]");
    }
    line.append(" ").append(typeName(type));
    int length = message.short16(end + 8);
    appendData(line, message, type, dnsClass, end + 10, length);
    return end + 10 + length;
  }

  private static void appendData(
      Line line, Octets message, int type, int dnsClass, int at, int length) {
    switch (type) {
      case A -> line.append(" ").append(line.names().host(message.int32(at)));
      case AAAA -> line.append(" ").append(Ipv6Text.address(message.from(at)));
      case NS, CNAME, PTR -> line.append(" ").append(name(message, at));
      case SOA -> appendAuthority(line, message, at);
      case MX -> {
        line.append(" ").append(name(message, at + 2));
        line.append(" ").append(message.short16(at));
      }
      case TXT -> appendTexts(line, message, at, at + length);
      case SRV -> {
        line.append(" ").append(name(message, at + 6)).append(":").append(message.short16(at + 4));
        line.append(" ").append(message.short16(at)).append(" ").append(message.short16(at + 2));
      }
      case OPT -> line.append(" UDPsize=").append(dnsClass);
      default -> {
        // Only its type is told.
      }
    }
  }

  private static void appendAuthority(Line line, Octets message, int at) {
    if (!line.isVerbose()) {
      return;
    }
    line.append(" ").append(name(message, at));
    int second = skipName(message, at);
    line.append(" ").append(name(message, second));
    int numbers = skipName(message, second);
    for (int i = 0; i < 5; i++) {
      line.append(" ").append(message.unsigned32(numbers + 4 * i));
    }
  }

  private static void appendTexts(Line line, Octets message, int from, int end) {
    for (int at = from; at < end; at += 1 + message.octet(at)) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < message.octet(at); i++) {
        text.append(printable(message.octet(at + 1 + i)));
      }
      line.append(" \"").append(text.toString()).append("\"");
    }
  }

  /** Where the name that begins at {@code at} ends; a pointer ends it. */
  static int skipName(Octets message, int at) {
    int next = at;
    while (message.octet(next) != 0) {
      int length = message.octet(next);
      if ((length & POINTER) == POINTER) {
        return next + 2;
      }
      next += 1 + length;
    }
    return next + 1;
  }

  private static String name(Octets message, int from) {
    StringBuilder name = new StringBuilder();
    int at = from;
    for (int labels = 0; labels < MAX_LABELS; labels++) {
      int length = message.octet(at);
      if ((length & POINTER) == POINTER) {
        at = message.short16(at) & 0x3fff;
      } else if (length == 0) {
        return name.isEmpty() ? "." : name.toString();
      } else {
        for (int i = 1; i <= length; i++) {
          name.append(printable(message.octet(at + i)));
        }
        name.append('.');
        at += 1 + length;
      }
    }
    return name + "<LOOP>";
  }

  private static char printable(int octet) {
    return octet >= ' ' && octet < 0x7f ? (char) octet : '.';
  }

  private static String typeName(int type) {
    return switch (type) {
      case A -> "A";
      case NS -> "NS";
      case CNAME -> "CNAME";
      case SOA -> "SOA";
      case PTR -> "PTR";
      case MX -> "MX";
      case TXT -> "TXT";
      case AAAA -> "AAAA";
      case SRV -> "SRV";
      case OPT -> "OPT";
      case 255 -> "ANY";
      default -> "Type" + type;
    };
  }

  private static String className(int dnsClass) {
    return switch (dnsClass) {
      case 3 -> "CHAOS";
      case 4 -> "HS";
      case 255 -> "ANY";
      default -> "(Class " + dnsClass + ")";
    };
  }

  /** A time to live in weeks, days, hours, minutes and seconds. */
  private static String duration(long seconds) {
    StringBuilder text = new StringBuilder();
    long rest = seconds;
    long[] units = {604_800, 86_400, 3_600, 60};
    String letters = "wdhm";
    for (int i = 0; i < units.length; i++) {
      if (rest >= units[i]) {
        text.append(rest / units[i]).append(letters.charAt(i));
        rest %= units[i];
      }
    }
    return rest > 0 || text.isEmpty() ? text.append(rest).append('s').toString() : text.toString();
  }
}

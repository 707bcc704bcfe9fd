package dev.dockwire.capture.text;

/**
 * What is printed of a DNS message (RFC 1035): {@code ID+ TYPE? NAME. (LENGTH)} of a query, the
 * three counts and the answers of a response.
 */
final class DnsText {

  static final int PORT = 53;

  private static final int HEADER_LENGTH = 12;
  private static final int RESPONSE = 0x8000;
  private static final int AUTHORITATIVE = 0x0400;
  private static final int TRUNCATED = 0x0200;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int RECURSION_AVAILABLE = 0x0080;
  private static final int AUTHENTIC = 0x0020;
  private static final int CHECKING_DISABLED = 0x0010;

  /** The bits that nobody sets in a query. */
  private static final int WEIRD = 0x06cf;

  private static final String[] OPERATIONS = {
    "",
    " inv_q",
    " stat",
    " op3",
    " notify",
    " update",
    " op6",
    " op7",
    " op8",
    " updateA",
    " updateD",
    " updateDA",
    " updateM",
    " updateMA",
    " zoneInit",
    " zoneRef"
  };
  private static final String[] RESULTS = {
    "", " FormErr", " ServFail", " NXDomain", " NotImp", " Refused", " YXDomain", " YXRRSet",
    " NXRRSet", " NotAuth", " NotZone", " Resp11", " Resp12", " Resp13", " Resp14", " NoChange"
  };

  private DnsText() {}

  /** Appends a message that a TCP stream carries behind its length. */
  static void appendStream(Line line, Octets data, int length) {
    line.enter("domain");
    if (length < 2) {
      return;
    }
    append(line, data.from(2), length - 2);
  }

  static void append(Line line, Octets message, int length) {
    line.enter("domain");
    message.require(HEADER_LENGTH);
    int flags = message.short16(2);
    int questions = message.short16(4);
    line.append(message.short16(0)).append(OPERATIONS[flags >>> 11 & 0xf]);
    if ((flags & RESPONSE) != 0) {
      appendResponse(line, message, flags, questions);
    } else {
      appendQuery(line, message, flags, questions);
    }
    line.append(" (").append(length).append(")");
  }

  private static void appendQuery(Line line, Octets message, int flags, int questions) {
    line.append((flags & RECURSION_DESIRED) != 0 ? "+" : "");
    line.append((flags & CHECKING_DISABLED) != 0 ? "%" : "");
    if ((flags & WEIRD) != 0) {
      line.format(" [b2&3=0x%x]", flags);
    }
    appendCount(line, message.short16(6), "a", 0);
    appendCount(line, questions, "q", 1);
    appendCount(line, message.short16(8), "n", 0);
    appendCount(line, message.short16(10), "au", 0);
    int at = HEADER_LENGTH;
    for (int i = 0; i < questions; i++) {
      at = DnsRecordText.appendQuestion(line, message, at);
    }
    if (line.style.verbosity() > 1) {
      at = appendRecords(line, message, at, message.short16(6), " an:");
      at = appendRecords(line, message, at, message.short16(8), " ns:");
      appendRecords(line, message, at, message.short16(10), " ar:");
    }
  }

  private static void appendResponse(Line line, Octets message, int flags, int questions) {
    line.append(RESULTS[flags & 0xf]);
    line.append((flags & AUTHORITATIVE) != 0 ? "*" : "");
    line.append((flags & RECURSION_AVAILABLE) != 0 ? "" : "-");
    line.append((flags & TRUNCATED) != 0 ? "|" : "");
    line.append((flags & AUTHENTIC) != 0 ? "$" : "");
    appendCount(line, questions, "q", 1);
    int at = HEADER_LENGTH;
    for (int i = 0; i < questions; i++) {
      if (line.style.verbosity() > 1) {
        line.append(i == 0 ? " q:" : ",");
        at = DnsRecordText.appendQuestion(line, message, at);
      } else {
        at = DnsRecordText.skipName(message, at) + 4;
      }
    }
    line.append(" ").append(message.short16(6));
    line.append("/").append(message.short16(8));
    line.append("/").append(message.short16(10));
    at = appendRecords(line, message, at, message.short16(6), "");
    if (line.style.verbosity() > 1) {
      at = appendRecords(line, message, at, message.short16(8), " ns:");
      appendRecords(line, message, at, message.short16(10), " ar:");
    }
  }

  private static int appendRecords(Line line, Octets message, int from, int count, String title) {
    int at = from;
    for (int i = 0; i < count; i++) {
      line.append(i == 0 ? title : ",");
      at = DnsRecordText.appendRecord(line, message, at);
    }
    return at;
  }

  private static void appendCount(Line line, int count, String unit, int usual) {
    if (count != usual) {
      line.append(" [").append(count).append(unit).append("]");
    }
  }
}

package dev.dockwire.stack.tcp.script;

import dev.dockwire.frame.TcpView;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment as a script writes it, {@code S. 0:0(0) ack 1 win 65535 <mss 1460>}: numbers relative
 * to the initial ones. Negative stands for not written, null for no options written.
 *
 * @param ecn the two bits of the packet around it (RFC 3168)
 * @param mac the station it goes to; null if not written
 */
record SegmentText(
    int flags,
    long sequence,
    int length,
    long ack,
    int window,
    int urgent,
    int ecn,
    String data,
    String options,
    boolean badChecksum,
    String mac) {

  static final int UNWRITTEN = -1;
  static final long NO_ACK = Long.MIN_VALUE;
  private static final Pattern NUMBERS = Pattern.compile("(-?\\d+):(-?\\d+)\\((\\d+)\\)");
  private static final List<String> ECN = List.of("not-ect", "ect1", "ect0", "ce");

  static SegmentText parse(Words words) {
    int flags = ControlBits.parse(words.next("the control bits"));
    Matcher numbers = NUMBERS.matcher(words.next("the numbers, like 1:11(10),"));
    if (!numbers.matches()) {
      throw new IllegalArgumentException("the numbers of a segment are written like 1:11(10)");
    }
    long sequence = Long.parseLong(numbers.group(1));
    int length = Integer.parseInt(numbers.group(3));
    if (Long.parseLong(numbers.group(2)) != sequence + length) {
      throw new IllegalArgumentException("the numbers " + numbers.group() + " do not fit together");
    }
    long ack = words.numberAfter("ack", NO_ACK);
    boolean isAck = (flags & TcpView.ACK) != 0;
    if (isAck == (ack == NO_ACK)) {
      throw new IllegalArgumentException("ack goes with the control bit . and not without");
    }
    int window = (int) words.numberAfter("win", UNWRITTEN);
    int urgent = (int) words.numberAfter("urg", UNWRITTEN);
    int ecn = ECN.indexOf(words.peek());
    if (ecn >= 0) {
      words.next("ECN");
    }
    String data = words.peek().startsWith("\"") ? unwrap(words.next("data")) : null;
    if (data != null && data.length() != length) {
      throw new IllegalArgumentException("the text is not " + length + " octets long");
    }
    String options = words.peek().startsWith("<") ? unwrap(words.next("options")) : null;
    boolean badChecksum = words.accept("badsum");
    String mac = words.accept("to") ? words.next("a MAC address") : null;
    words.end();
    return new SegmentText(
        flags, sequence, length, ack, window, urgent, ecn, data, options, badChecksum, mac);
  }

  private static String unwrap(String word) {
    return word.substring(1, word.length() - 1);
  }

  boolean isSyn() {
    return (flags & TcpView.SYN) != 0;
  }

  /** What is wrong with a segment that came where this one was expected; empty if nothing. */
  String difference(SegmentText came) {
    if (flags != came.flags) {
      return "the control bits";
    }
    if (sequence != came.sequence || length != came.length) {
      return "the sequence numbers";
    }
    if (ack != came.ack) {
      return "the acknowledgment";
    }
    if (window != UNWRITTEN && window != came.window) {
      return "the window";
    }
    if (urgent != came.urgent) {
      return "the urgent pointer";
    }
    if (ecn != UNWRITTEN && ecn != came.ecn) {
      return "the ECN bits";
    }
    if (mac != null && !mac.equals(came.mac)) {
      return "the MAC addresses";
    }
    boolean sameOptions =
        options == null && isSyn()
            || OptionText.matches(options == null ? "" : options, came.options, isSyn());
    return sameOptions ? "" : "the options";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(ControlBits.format(flags));
    text.append(' ').append(sequence).append(':').append(sequence + length);
    text.append('(').append(length).append(')');
    if (ack != NO_ACK) {
      text.append(" ack ").append(ack);
    }
    if (window != UNWRITTEN) {
      text.append(" win ").append(window);
    }
    if (urgent != UNWRITTEN) {
      text.append(" urg ").append(urgent);
    }
    if (ecn > 0) {
      text.append(' ').append(ECN.get(ecn));
    }
    if (options != null && !options.isEmpty()) {
      text.append(" <").append(options).append('>');
    }
    if (mac != null) {
      text.append(" to ").append(mac);
    }
    return text.toString();
  }
}

package dev.dockwire.program.dig;

import dev.dockwire.dns.DnsMessage;
import dev.dockwire.dns.Question;
import dev.dockwire.dns.RecordType;
import dev.dockwire.dns.ResourceRecord;
import dev.dockwire.dns.ResponseCode;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A response as dig prints it. */
final class DigText {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH);

  private static final List<String> OPCODES =
      List.of("QUERY", "IQUERY", "STATUS", "RESERVED3", "NOTIFY", "UPDATE");

  private final Process self;
  private final DigOptions options;

  DigText(Process self, DigOptions options) {
    this.self = self;
    this.options = options;
  }

  String text(DnsMessage answer, Ipv4Address server, boolean byTcp, long millis) {
    StringBuilder text = new StringBuilder();
    Optional<ResourceRecord> edns =
        answer.additional().stream().filter(each -> each.type() == RecordType.OPT).findFirst();
    List<ResourceRecord> additional =
        answer.additional().stream().filter(each -> each.type() != RecordType.OPT).toList();
    if (options.shows("comments")) {
      text.append(header(answer));
      edns.ifPresent(
          option ->
              text.append(";; OPT PSEUDOSECTION:\n; EDNS: version: ")
                  .append(option.ttlSeconds() >>> 16 & 0xff)
                  .append(", flags:; udp: ")
                  .append(option.recordClass())
                  .append('\n'));
    }
    if (options.shows("question")) {
      section(text, "QUESTION", answer.questions().stream().map(DigText::line).toList());
    }
    records(text, "ANSWER", answer.answers());
    records(text, "AUTHORITY", answer.authority());
    records(text, "ADDITIONAL", additional);
    if (options.shows("stats")) {
      text.append(statistics(answer, server, byTcp, millis));
    }
    return text.toString();
  }

  private String header(DnsMessage answer) {
    int opcode = answer.opcode();
    List<String> flags = new ArrayList<>();
    String[] names = {"qr", "aa", "tc", "rd", "ra", "ad", "cd"};
    int[] bits = {0x8000, 0x0400, 0x0200, 0x0100, 0x0080, 0x0020, 0x0010};
    for (int i = 0; i < names.length; i++) {
      if ((answer.flags() & bits[i]) != 0) {
        flags.add(names[i]);
      }
    }
    return ";; Got answer:\n;; ->>HEADER<<- opcode: "
        + (opcode < OPCODES.size() ? OPCODES.get(opcode) : "RESERVED" + opcode)
        + ", status: "
        + ResponseCode.name(answer.rcode())
        + ", id: "
        + answer.id()
        + "\n;; flags: "
        + String.join(" ", flags)
        + "; QUERY: "
        + answer.questions().size()
        + ", ANSWER: "
        + answer.answers().size()
        + ", AUTHORITY: "
        + answer.authority().size()
        + ", ADDITIONAL: "
        + answer.additional().size()
        + "\n\n";
  }

  private static String line(Question question) {
    return ";"
        + RecordText.padded(RecordText.name(question.name()), 31)
        + RecordText.className(question.recordClass())
        + "\t"
        + RecordText.typeName(question.type());
  }

  private void records(StringBuilder text, String title, List<ResourceRecord> records) {
    if (options.shows(title.toLowerCase(Locale.ROOT))) {
      section(text, title, records.stream().map(RecordText::line).toList());
    }
  }

  private void section(StringBuilder text, String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    boolean titled = options.shows("comments");
    text.append(titled ? ";; " + title + " SECTION:\n" : "");
    lines.forEach(line -> text.append(line).append('\n'));
    text.append(titled ? "\n" : "");
  }

  private String statistics(DnsMessage answer, Ipv4Address server, boolean byTcp, long millis) {
    Instant now = Instant.EPOCH.plusNanos(self.world().epochNanos());
    return ";; Query time: "
        + millis
        + " msec\n;; SERVER: "
        + server
        + "#"
        + options.serverPort()
        + "("
        + server
        + ") ("
        + (byTcp ? "TCP" : "UDP")
        + ")\n;; WHEN: "
        + WHEN.format(now.atZone(ZoneOffset.UTC))
        + "\n;; MSG SIZE  rcvd: "
        + answer.bytes().length
        + "\n\n";
  }
}

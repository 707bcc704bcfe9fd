package dev.dockwire.capture.text;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;
import java.util.Locale;

/**
 * What is printed of an ICMP message (RFC 792); an error names whom the packet it quotes was for.
 */
final class IcmpText {

  private static final int SOURCE_QUENCH = 4;
  private static final int REDIRECT = 5;
  private static final int ROUTER_ADVERTISEMENT = 9;
  private static final int ROUTER_SOLICITATION = 10;
  private static final int TIMESTAMP = 13;
  private static final int TIMESTAMP_REPLY = 14;
  private static final int INFORMATION_REQUEST = 15;
  private static final int INFORMATION_REPLY = 16;
  private static final int MASK_REQUEST = 17;
  private static final int MASK_REPLY = 18;

  private static final int MILLIS_PER_SECOND = 1_000;

  private IcmpText() {}

  static void append(Line line, Octets icmp, int length, boolean fragment) {
    line.enter("icmp");
    int start = line.text.length();
    line.append("ICMP ");
    Octets quoted = icmp.from(IcmpView.HEADER_LENGTH);
    try {
      appendMessage(line, icmp, quoted, icmp.octet(0), icmp.octet(1));
    } catch (CutShort cut) {
      // A message is told as a whole or not at all.
      line.text.setLength(start);
      throw cut;
    }
    line.append(", length ").append(length);
    if (!line.isVerbose() || fragment) {
      return;
    }
    if (icmp.captured() >= length) {
      int sum = InternetChecksum.compute(icmp.bytes(), icmp.start(), length);
      if (sum != 0) {
        int written = icmp.short16(2);
        int right = Checksums.shouldBe(written, sum);
        line.format(" (wrong icmp cksum %x (->%x)!)", written, right);
      }
    }
    if (isError(icmp.octet(0))) {
      Ipv4Text.appendQuoted(line, quoted);
    }
  }

  private static boolean isError(int type) {
    return type == IcmpView.DESTINATION_UNREACHABLE
        || type == SOURCE_QUENCH
        || type == REDIRECT
        || type == IcmpView.TIME_EXCEEDED
        || type == IcmpView.PARAMETER_PROBLEM;
  }

  private static void appendMessage(Line line, Octets icmp, Octets quoted, int type, int code) {
    switch (type) {
      case IcmpView.ECHO_REQUEST -> appendIdentified(line, "echo request, id %d, seq %d", icmp);
      case IcmpView.ECHO_REPLY -> appendIdentified(line, "echo reply, id %d, seq %d", icmp);
      case IcmpView.DESTINATION_UNREACHABLE -> appendUnreachable(line, icmp, quoted, code);
      case SOURCE_QUENCH -> line.append("source quench");
      case REDIRECT -> appendRedirect(line, icmp, quoted, code);
      case ROUTER_ADVERTISEMENT -> line.append("router advertisement");
      case ROUTER_SOLICITATION -> line.append("router solicitation");
      case IcmpView.TIME_EXCEEDED -> {
        quoted.require(Ipv4View.HEADER_LENGTH);
        line.append(
            switch (code) {
              case 0 -> "time exceeded in-transit";
              case 1 -> "ip reassembly time exceeded";
              default -> "time exceeded-#" + code;
            });
      }
      case IcmpView.PARAMETER_PROBLEM ->
          line.append(
              code == 0
                  ? "parameter problem - octet " + icmp.octet(4)
                  : "parameter problem - code " + code);
      case TIMESTAMP -> appendIdentified(line, "time stamp query id %d seq %d", icmp);
      case TIMESTAMP_REPLY -> {
        appendIdentified(line, "time stamp reply id %d seq %d: org ", icmp);
        line.append(timeOfDay(icmp.unsigned32(8))).append(", recv ");
        line.append(timeOfDay(icmp.unsigned32(12))).append(", xmit ");
        line.append(timeOfDay(icmp.unsigned32(16)));
      }
      case INFORMATION_REQUEST -> line.append("information request");
      case INFORMATION_REPLY -> line.append("information reply");
      case MASK_REQUEST -> line.append("address mask request");
      case MASK_REPLY -> line.format("address mask is 0x%08x", icmp.int32(8));
      default -> line.append("type-#").append(type);
    }
  }

  private static void appendIdentified(Line line, String form, Octets icmp) {
    line.format(form, icmp.short16(4), icmp.short16(6));
  }

  private static String timeOfDay(long millis) {
    long seconds = millis / MILLIS_PER_SECOND;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60,
        millis % MILLIS_PER_SECOND);
  }

  private static void appendRedirect(Line line, Octets icmp, Octets quoted, int code) {
    line.append(code == 2 || code == 3 ? "redirect-tos " : "redirect ");
    line.append(destination(line, quoted));
    line.append(code % 2 == 0 ? " to net " : " to host ").append(line.names().host(icmp.int32(4)));
  }

  private static void appendUnreachable(Line line, Octets icmp, Octets quoted, int code) {
    String destination = destination(line, quoted);
    String text =
        switch (code) {
          case 0 -> "net %s unreachable";
          case 1 -> "host %s unreachable";
          case 2 -> "%s protocol " + quoted.octet(9) + " unreachable";
          case 3 -> "%s " + closedPort(line, quoted) + " unreachable";
          case 4 -> "%s unreachable - need to frag" + mtu(icmp);
          case 5 -> "%s unreachable - source route failed";
          case 6 -> "net %s unreachable - unknown";
          case 7 -> "host %s unreachable - unknown";
          case 8 -> "%s unreachable - source host isolated";
          case 9 -> "net %s unreachable - admin prohibited";
          case 10 -> "host %s unreachable - admin prohibited";
          case 11 -> "net %s unreachable - tos prohibited";
          case 12 -> "host %s unreachable - tos prohibited";
          case 13 -> "host %s unreachable - admin prohibited filter";
          case 14 -> "host %s unreachable - host precedence violation";
          case 15 -> "host %s unreachable - precedence cutoff";
          default -> "%s unreachable - #" + code;
        };
    line.format(text, destination);
  }

  private static String destination(Line line, Octets quoted) {
    return line.names().host(quoted.int32(16));
  }

  /** The next hop's MTU (RFC 1191), in the low half of the message's second word. */
  private static String mtu(Octets icmp) {
    int mtu = icmp.short16(6);
    return mtu == 0 ? "" : " (mtu " + mtu + ")";
  }

  private static String closedPort(Line line, Octets quoted) {
    int protocol = quoted.octet(9);
    int number = quoted.from((quoted.octet(0) & 0xf) * 4).short16(2);
    return switch (protocol) {
      case Ipv4View.PROTOCOL_TCP -> "tcp port " + line.names().tcpPort(number);
      case Ipv4View.PROTOCOL_UDP -> "udp port " + line.names().udpPort(number);
      default -> "protocol " + protocol + " port " + number;
    };
  }
}

package dev.dockwire.host.resolver;

import dev.dockwire.dns.DnsMessage;
import dev.dockwire.dns.DnsServer;
import dev.dockwire.dns.Question;
import dev.dockwire.dns.ResponseCode;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import java.io.IOException;
import java.util.List;

/**
 * Asks name servers some questions at once, as musl and BusyBox do: each question goes to each
 * server in every attempt until it is answered, and the attempts share the time there is. SERVFAIL
 * has the question repeated at once, a few times.
 */
public final class DnsExchange {

  /** How to ask. */
  public record Manner(int serverPort, long timeoutNanos, int attempts, boolean takesEveryCode) {

    /** As a resolver: only what settles the matter is an answer. */
    static Manner of(ResolvConf configuration) {
      return new Manner(
          DnsServer.SERVER_PORT, configuration.timeoutNanos(), configuration.attempts(), false);
    }

    boolean takes(int rcode) {
      return takesEveryCode || rcode == ResponseCode.NOERROR || rcode == ResponseCode.NXDOMAIN;
    }
  }

  /** Hears the answers as they come, one to each question at most. */
  @FunctionalInterface
  public interface Listener {
    void answered(int question, DnsMessage answer);
  }

  private final Process process;
  private final List<Ipv4Address> servers;
  private final List<Question> questions;
  private final Manner manner;
  private final Listener listener;
  private final boolean[] answered;
  private final int firstId;
  private int unanswered;
  private int repeatsLeft;

  private DnsExchange(
      Process process,
      List<Ipv4Address> servers,
      List<Question> questions,
      Manner manner,
      Listener listener) {
    this.process = process;
    this.servers = servers;
    this.questions = questions;
    this.manner = manner;
    this.listener = listener;
    this.answered = new boolean[questions.size()];
    this.unanswered = questions.size();
    this.firstId = process.host().stack().random().nextInt(1 << 16);
  }

  /** Asks, and waits until all is answered or the time is over; returns the number of answers. */
  public static int run(
      Process process,
      List<Ipv4Address> servers,
      List<Question> questions,
      Manner manner,
      Listener listener) {
    DnsExchange exchange = new DnsExchange(process, servers, questions, manner, listener);
    try (DatagramSocket socket = DatagramSocket.open(process)) {
      exchange.run(socket);
    }
    return questions.size() - exchange.unanswered;
  }

  private void run(DatagramSocket socket) {
    long end = process.now() + manner.timeoutNanos();
    long interval = Math.max(1, manner.timeoutNanos() / manner.attempts());
    while (unanswered > 0 && process.now() < end) {
      repeatsLeft = 2 * questions.size();
      for (int i = 0; i < questions.size(); i++) {
        if (!answered[i]) {
          int question = i;
          servers.forEach(server -> send(socket, question, server.value()));
        }
      }
      receiveUntil(socket, Math.min(end, process.now() + interval));
    }
  }

  private void receiveUntil(DatagramSocket socket, long deadline) {
    while (unanswered > 0 && process.now() < deadline) {
      try {
        receive(socket, socket.receive(deadline));
      } catch (IOException nothingCame) {
        // The loop looks at the time.
      }
    }
  }

  private void send(DatagramSocket socket, int question, int server) {
    byte[] bytes = DnsMessage.query(firstId + question & 0xffff, questions.get(question)).bytes();
    try {
      socket.sendTo(server, manner.serverPort(), bytes, 0, bytes.length);
    } catch (IOException unreachable) {
      // As good as a datagram that is lost: the next attempt may find a way.
    }
  }

  private void receive(DatagramSocket socket, Datagram datagram) {
    if (datagram.sourcePort() != manner.serverPort()
        || !servers.contains(new Ipv4Address(datagram.source()))) {
      return;
    }
    byte[] payload = datagram.payload();
    DnsMessage.parse(payload, 0, payload.length)
        .filter(DnsMessage::isResponse)
        .ifPresent(message -> take(socket, message, datagram.source()));
  }

  /** Asks for the whole of an answer that was too long for a datagram, as musl does since 1.2.4. */
  private DnsMessage whole(DnsMessage message, int server) {
    if (!message.isTruncated() || manner.takesEveryCode()) {
      return message;
    }
    int question = message.id() - firstId & 0xffff;
    try {
      byte[] query = DnsMessage.query(message.id(), questions.get(question)).bytes();
      long deadline = process.now() + manner.timeoutNanos();
      return DnsStream.ask(process, new Ipv4Address(server), manner.serverPort(), query, deadline)
          .orElse(message);
    } catch (IOException nobodyThere) {
      return message;
    }
  }

  private void take(DatagramSocket socket, DnsMessage message, int server) {
    int question = message.id() - firstId & 0xffff;
    if (question >= questions.size() || answered[question]) {
      return;
    }
    if (message.rcode() == ResponseCode.SERVFAIL && repeatsLeft > 0) {
      repeatsLeft--;
      send(socket, question, server);
    } else if (manner.takes(message.rcode())) {
      answered[question] = true;
      unanswered--;
      listener.answered(question, whole(message, server));
    }
  }
}

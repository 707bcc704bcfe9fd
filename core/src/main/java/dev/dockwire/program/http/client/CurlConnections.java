package dev.dockwire.program.http.client;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.resolver.Resolver;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The connection that curl keeps for the next request to the same server, and new ones. */
final class CurlConnections {

  private final Process self;
  private final CurlOptions options;
  private final ClientStream.Connector connector;
  private ClientStream kept;
  private String keptFor = "";
  private String keptAddress = "";
  private int number = -1;
  private boolean resolvedTold;

  CurlConnections(Process self, CurlOptions options, ClientStream.Connector connector) {
    this.self = self;
    this.options = options;
    this.connector = connector;
  }

  /** The kept connection, if it goes to that server. */
  Optional<ClientStream> reuse(HttpUrl url, CurlTrace trace, CurlReport report) {
    if (kept == null || !keptFor.equals(endOf(url))) {
      return Optional.empty();
    }
    trace.info("Found bundle for host: 0x55d1c8a5fc90 [serially]");
    trace.info("Can not multiplex, even if we wanted to");
    trace.info("Re-using existing connection #" + number + " with host " + url.hostName());
    report.remoteAddress = keptAddress;
    report.remotePort = url.tcpPort();
    report.resolvedAt = self.now();
    report.connectedAt = self.now();
    ClientStream stream = kept;
    kept = null;
    return Optional.of(stream);
  }

  /**
   * Connects to a server.
   *
   * @param deadline for the whole transfer
   */
  ClientStream connect(HttpUrl url, CurlTrace trace, CurlReport report, long deadline) {
    dropKept();
    number++;
    Ipv4Address server = resolve(url, trace);
    report.resolvedAt = self.now();
    String shown = server + ":" + url.tcpPort();
    trace.info("  Trying " + shown + "...");
    long begun = self.now();
    long timeout = Math.max(1, Math.min(options.connectNanos, deadline - begun));
    try {
      ClientStream stream = connector.connect(self, server, url.tcpPort(), timeout);
      report.connects++;
      report.connectedAt = self.now();
      report.remoteAddress = server.toString();
      report.remotePort = url.tcpPort();
      keptAddress = server.toString();
      trace.info(
          String.format(
              Locale.ROOT,
              "Connected to %s (%s) port %d (#%d)",
              url.hostName(),
              server,
              url.tcpPort(),
              number));
      return stream;
    } catch (SocketTimeoutException e) {
      throw tooLate(url, trace, report, begun, timeout == options.connectNanos);
    } catch (IOException e) {
      throw failure(url, server, trace, begun, e);
    }
  }

  private CurlException tooLate(
      HttpUrl url, CurlTrace trace, CurlReport report, long begun, boolean connecting) {
    if (!connecting) {
      return new CurlException(
          CurlException.TIMED_OUT,
          "Connection timed out after " + millisSince(report.startedAt) + " milliseconds");
    }
    long millis = millisSince(begun);
    trace.info("ipv4 connect timeout after " + millis + "ms, move on!");
    return new CurlException(
        CurlException.TIMED_OUT,
        String.format(
            Locale.ROOT,
            "Failed to connect to %s port %d after %d ms: Timeout was reached",
            url.hostName(),
            url.tcpPort(),
            millis));
  }

  private CurlException failure(
      HttpUrl url, Ipv4Address server, CurlTrace trace, long begun, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    if (reason.equals("Network is unreachable")) {
      trace.info("Immediate connect fail for " + server + ": " + reason);
      return new CurlException(CurlException.CANNOT_CONNECT, "Couldn't connect to server");
    }
    trace.info("connect to " + server + " port " + url.tcpPort() + " failed: " + reason);
    return new CurlException(
        reason.equals("Connection timed out")
            ? CurlException.TIMED_OUT
            : CurlException.CANNOT_CONNECT,
        String.format(
            Locale.ROOT,
            "Failed to connect to %s port %d after %d ms: Couldn't connect to server",
            url.hostName(),
            url.tcpPort(),
            millisSince(begun)));
  }

  private long millisSince(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(self.now() - begun);
  }

  private Ipv4Address resolve(HttpUrl url, CurlTrace trace) {
    if (!resolvedTold) {
      options.resolved.forEach(
          (end, address) -> trace.info("Added " + end + ":" + address + " to DNS cache"));
      resolvedTold = true;
    }
    String given = options.resolved.get(endOf(url));
    if (given != null) {
      trace.info("Hostname " + url.hostName() + " was found in DNS cache");
    }
    String name = given == null ? url.hostName() : given;
    return Resolver.resolve(self, name)
        .orElseThrow(
            () ->
                new CurlException(
                    CurlException.UNKNOWN_HOST, "Could not resolve host: " + url.hostName()));
  }

  /** Keeps a connection for another request. */
  void keep(ClientStream stream, HttpUrl url, CurlTrace trace) {
    kept = stream;
    keptFor = endOf(url);
    trace.info("Connection #" + number + " to host " + url.hostName() + " left intact");
  }

  void close(Optional<ClientStream> stream, CurlTrace trace) {
    trace.info("Closing connection " + Math.max(0, number));
    stream.ifPresent(ClientStream::close);
  }

  private void dropKept() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  private static String endOf(HttpUrl url) {
    return url.hostName() + ":" + url.tcpPort();
  }
}

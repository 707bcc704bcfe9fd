package dev.dockwire.program.http.client;

import dev.dockwire.host.Process;
import dev.dockwire.program.http.ResponseHead;
import dev.dockwire.program.http.ResponseParser;
import dev.dockwire.program.http.ResponseParser.State;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One try of curl's at one address, with the redirections that it is told to follow. */
final class CurlTransfer implements ResponseParser.Receiver {

  private static final int BUFFER = 64 << 10;
  private static final long METER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Process self;
  private final CurlOptions options;
  private final CurlConnections connections;
  private final CurlOutput output;
  private final CurlTrace trace;
  private final String text;
  private final CurlReport report = new CurlReport();
  private final byte[] buffer = new byte[BUFFER];
  private final long deadline;

  private ClientStream stream;
  private HttpUrl url;
  private Optional<String> body;
  private Optional<String> credentials = Optional.empty();
  private ResponseHead head;

  /** Bytes of the response's head so far, and all of the response's. */
  private long headBytes;

  private long allBytes;

  CurlTransfer(
      Process self,
      CurlOptions options,
      CurlConnections connections,
      CurlOutput output,
      CurlTrace trace,
      String text) {
    this.self = self;
    this.options = options;
    this.connections = connections;
    this.output = output;
    this.trace = trace;
    this.text = text;
    this.deadline = options.maxNanos == 0 ? Clock.NEVER : self.now() + options.maxNanos;
  }

  /** The name that {@code -O} gives the file. */
  static Optional<String> remoteName(String text) {
    return HttpUrl.parse(text)
        .map(url -> url.target().replaceFirst("\\?.*", "").replaceFirst(".*/", ""))
        .filter(name -> !name.isEmpty());
  }

  /** Fetches; what became of it is in the report. */
  CurlReport run() {
    report.startedAt = self.now();
    report.url = text;
    report.file = output.file();
    try {
      url = parse(text);
      credentials = options.credentials.or(url::credentials);
      begin();
      fetchAll();
      output.open();
      if (options.failWithBody && report.status >= 400) {
        report.exitStatus = CurlException.HTTP_ERROR;
        report.message = "The requested URL returned error: " + report.status;
      }
    } catch (CurlException e) {
      report.exitStatus = e.status();
      report.message = e.getMessage();
      if (url != null) {
        fail(e.getMessage());
      }
    }
    report.endedAt = self.now();
    return report;
  }

  private void fail(String message) {
    trace.info(message);
    trace.endMeter(report, self.now());
    connections.close(Optional.ofNullable(stream), trace);
  }

  private static HttpUrl parse(String text) {
    int mark = text.indexOf("://");
    HttpUrl parsed =
        HttpUrl.parse(text)
            .orElseThrow(
                () ->
                    new CurlException(
                        CurlException.BAD_URL, "URL using bad/illegal format or missing URL"));
    if (mark >= 0 && !parsed.scheme().equals("http")) {
      throw new CurlException(
          CurlException.UNSUPPORTED_PROTOCOL,
          "Protocol \"" + parsed.scheme() + "\" not supported or disabled in libcurl");
    }
    return parsed.withoutDots();
  }

  /** Puts the data where it belongs: into the request or its target. */
  private void begin() {
    body = options.data;
    if (options.dataInTarget && body.isPresent()) {
      String mark = url.target().contains("?") ? "&" : "?";
      url = url.withTarget(url.target() + mark + body.get());
      body = Optional.empty();
    }
    trace.meter(report, self.now());
  }

  private void fetchAll() {
    while (true) {
      fetch();
      Optional<HttpUrl> next = redirection();
      if (next.isEmpty()) {
        return;
      }
      if (report.redirects >= options.maxRedirects) {
        throw new CurlException(
            CurlException.TOO_MANY_REDIRECTS,
            "Maximum (" + options.maxRedirects + ") redirects followed");
      }
      report.redirects++;
      trace.info("Issue another request to this URL: '" + next.get().text() + "'");
      if (!next.get().hostName().equals(url.hostName())) {
        credentials = Optional.empty();
      }
      if (body.isPresent() && report.status <= 303) {
        trace.info("Switch to GET");
        body = Optional.empty();
      }
      url = next.get();
    }
  }

  private Optional<HttpUrl> redirection() {
    boolean redirects = report.status >= 300 && report.status < 400;
    Optional<String> location = redirects ? head.location() : Optional.empty();
    report.redirectUrl = options.follow ? Optional.empty() : location.map(url::resolve);
    return options.follow ? location.map(url::resolve).map(CurlTransfer::parse) : Optional.empty();
  }

  /** Sends one request and reads the response. */
  private void fetch() {
    report.effectiveUrl = url.text();
    Optional<ClientStream> reused = connections.reuse(url, trace, report);
    stream = reused.orElseGet(this::connect);
    boolean answered = exchange(reused.isPresent());
    if (!answered) {
      trace.info("Connection died, retrying a fresh connect (retry count: 1)");
      connections.close(Optional.of(stream), trace);
      trace.info("Issue another request to this URL: '" + url.text() + "'");
      stream = connect();
      exchange(false);
    }
    trace.endMeter(report, self.now());
    if (head.persistent() && !options.oldHttp) {
      connections.keep(stream, url, trace);
    } else {
      connections.close(Optional.of(stream), trace);
    }
    stream = null;
  }

  private ClientStream connect() {
    return connections.connect(url, trace, report, deadline);
  }

  /**
   * Sends a request and reads its response.
   *
   * @param mayBeDead whether the server may have closed the connection before
   * @return false if it has
   */
  private boolean exchange(boolean mayBeDead) {
    head = null;
    headBytes = 0;
    allBytes = 0;
    report.received = 0;
    report.expected = 0;
    CurlRequest request = CurlRequest.of(options, url, body, credentials);
    report.method = request.method();
    credentials.ifPresent(
        pair ->
            trace.info("Server auth using Basic with user '" + pair.replaceFirst(":.*", "") + "'"));
    try {
      byte[] bytes = request.bytes();
      stream.write(bytes, 0, bytes.length);
      report.requestBytes += bytes.length;
      report.sent = bytes.length - request.head().length();
    } catch (IOException e) {
      if (mayBeDead) {
        return false;
      }
      throw new CurlException(CurlException.CANNOT_SEND, "Send failure: " + reason(e));
    }
    trace.sent(request.head());
    if (report.sent > 0) {
      trace.data('}', (int) report.sent);
    }
    return receive(new ResponseParser(request.method().equals("HEAD"), this), mayBeDead);
  }

  private boolean receive(ResponseParser response, boolean mayBeDead) {
    State state = State.EMPTY;
    while (state == State.EMPTY || state == State.HEAD || state == State.BODY) {
      int count;
      try {
        count = read();
      } catch (IOException e) {
        if (mayBeDead && allBytes == 0) {
          return false;
        }
        throw new CurlException(CurlException.CANNOT_RECEIVE, "Recv failure: " + reason(e));
      }
      if (count < 0) {
        if (mayBeDead && allBytes == 0) {
          return false;
        }
        state = response.end();
        break;
      }
      if (allBytes == 0) {
        report.answeredAt = self.now();
      }
      allBytes += count;
      state = response.receive(buffer, 0, count);
    }
    check(state);
    return true;
  }

  /** Reads what is there; shows meanwhile how far it is. */
  private int read() throws IOException {
    while (true) {
      long now = self.now();
      long nextMeter = trace.isMetered() ? now + METER_NANOS : Clock.NEVER;
      try {
        return stream.read(buffer, 0, BUFFER, Math.min(deadline, nextMeter));
      } catch (SocketTimeoutException e) {
        if (self.now() >= deadline) {
          throw new CurlException(
              CurlException.TIMED_OUT,
              String.format(
                  Locale.ROOT,
                  "Operation timed out after %d milliseconds with %s bytes received",
                  TimeUnit.NANOSECONDS.toMillis(self.now() - report.startedAt),
                  report.expected > 0
                      ? report.received + " out of " + report.expected
                      : Long.toString(report.received)));
        }
        trace.meter(report, self.now());
      }
    }
  }

  private void check(State state) {
    switch (state) {
      case COMPLETE -> {
        // As it should be.
      }
      case EMPTY, HEAD ->
          throw new CurlException(CurlException.EMPTY_REPLY, "Empty reply from server");
      case BODY ->
          throw new CurlException(
              CurlException.PARTIAL_FILE,
              report.expected > 0
                  ? "transfer closed with "
                      + (report.expected - report.received)
                      + " bytes remaining to read"
                  : "transfer closed with outstanding read data remaining");
      case NOT_HTTP ->
          throw new CurlException(
              CurlException.UNSUPPORTED_PROTOCOL, "Received HTTP/0.9 when not allowed");
      case BAD_HEAD ->
          throw new CurlException(CurlException.STRANGE_REPLY, "Invalid Content-Length: value");
      case BAD_CHUNK ->
          throw new CurlException(
              CurlException.CANNOT_RECEIVE,
              "Illegal or missing hexadecimal sequence in chunked-encoding");
    }
  }

  private static String reason(IOException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^Connection reset$", "Connection reset by peer");
  }

  @Override
  public void line(String line) {
    headBytes += line.length() + 2;
    report.headBytes += line.length() + 2;
    if (line.startsWith("HTTP/")) {
      report.version = line.substring("HTTP/".length()).replaceFirst(" .*", "");
    }
    trace.received(line);
    if (options.include || options.head) {
      output.write(line + "\r\n");
    }
  }

  @Override
  public void head(ResponseHead newHead, boolean interim) {
    if (interim) {
      return;
    }
    head = newHead;
    report.status = newHead.status();
    report.contentType = newHead.contentType();
    report.expected = newHead.contentLength();
    if (options.fail && report.status >= 400) {
      throw new CurlException(
          CurlException.HTTP_ERROR, "The requested URL returned error: " + report.status);
    }
    if (newHead.endsWithStream()) {
      trace.info("no chunk, no close, no size. Assume close to signal end");
    }
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    boolean ignored = redirection().isPresent();
    if (ignored && report.received == 0) {
      trace.info("Ignoring the response-body");
    }
    trace.data('{', (int) (allBytes - headBytes));
    report.received += length;
    if (!ignored) {
      output.write(bytes, offset, length);
    }
  }
}

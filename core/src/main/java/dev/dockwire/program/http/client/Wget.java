package dev.dockwire.program.http.client;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.FileOutput;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.program.http.ResponseHead;
import dev.dockwire.program.http.ResponseParser;
import dev.dockwire.program.http.ResponseParser.State;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * BusyBox's {@code wget}, for HTTP: one connection for each request, closed by the server. Every
 * failure ends it with status 1.
 */
public final class Wget implements Program {

  private static final int MAX_REDIRECTIONS = 5;

  private final ClientStream.Connector connector;

  public Wget() {
    this(SocketStream::connect);
  }

  Wget(ClientStream.Connector connector) {
    this.connector = connector;
  }

  @Override
  public int run(Process self) {
    WgetOptions options = WgetOptions.parse(self);
    for (String url : options.urls) {
      new Download(self, options, url).run();
    }
    return 0;
  }

  /** One address of the command line. */
  private final class Download implements ResponseParser.Receiver {

    private final Process self;
    private final WgetOptions options;
    private final Output messages;
    private final String name;
    private HttpUrl url;
    private String firstLine;
    private ResponseHead head;
    private Output output;
    private String shownName;
    private long received;
    private int redirections;

    Download(Process self, WgetOptions options, String text) {
      this.self = self;
      this.options = options;
      this.messages = options.logFile.map(this::logFile).orElse(self.stdio().err());
      this.url = parse(text);
      this.name = fileName(url);
    }

    private Output logFile(String path) {
      return new FileOutput(
          self.host().files(), FileTree.resolve(self.workingDirectory(), path), true);
    }

    private HttpUrl parse(String text) {
      Optional<HttpUrl> parsed = HttpUrl.parse(text);
      if (parsed.isEmpty() || !parsed.get().scheme().equals("http")) {
        fail("not an http or ftp url: " + text);
      }
      return parsed.orElseThrow();
    }

    private static String fileName(HttpUrl url) {
      String path = url.target().replaceFirst("\\?.*", "");
      String last = path.substring(path.lastIndexOf('/') + 1);
      return last.isEmpty() ? "index.html" : last;
    }

    void run() {
      while (!fetch()) {
        if (++redirections > MAX_REDIRECTIONS) {
          fail("too many redirections");
        }
        url = parse(url.resolve(head.location().orElseThrow()));
      }
      if (options.spider) {
        say("remote file exists\n");
        return;
      }
      open();
      if (received > 0) {
        say(WgetProgress.finished(shownName, received));
      }
      say(isToStdout() ? "written to stdout\n" : "'" + target() + "' saved\n");
    }

    /** Sends one request and reads the response; false if it says to look elsewhere. */
    private boolean fetch() {
      firstLine = null;
      head = null;
      ClientStream stream = connect();
      try {
        byte[] request = request().getBytes(StandardCharsets.UTF_8);
        stream.write(request, 0, request.length);
        ResponseParser response = new ResponseParser(options.spider, this);
        read(stream, response);
      } catch (SocketTimeoutException e) {
        fail("download timed out");
      } catch (IOException e) {
        fail("error getting response: " + reason(e));
      } finally {
        stream.close();
      }
      return !isRedirection();
    }

    private ClientStream connect() {
      Optional<Ipv4Address> address = Resolver.resolve(self, url.hostName());
      if (address.isEmpty()) {
        fail("bad address '" + url.hostName() + "'");
      }
      Ipv4Address server = address.orElseThrow();
      if (redirections == 0) {
        say("Connecting to " + url.authority() + " (" + server + ":" + url.tcpPort() + ")\n");
      }
      try {
        return connector.connect(self, server, url.tcpPort(), timeoutNanos());
      } catch (SocketTimeoutException e) {
        fail("download timed out");
      } catch (IOException e) {
        fail("can't connect to remote host (" + server + "): " + reason(e));
      }
      throw new IllegalStateException("fail does not return");
    }

    private long timeoutNanos() {
      return TimeUnit.SECONDS.toNanos(options.timeoutSeconds);
    }

    private void read(ClientStream stream, ResponseParser response) throws IOException {
      byte[] buffer = new byte[8 << 10];
      State state = State.EMPTY;
      while (state == State.EMPTY || state == State.HEAD || state == State.BODY) {
        int count = stream.read(buffer, 0, buffer.length, self.now() + timeoutNanos());
        if (count < 0) {
          state = response.end();
          break;
        }
        state = response.receive(buffer, 0, count);
        if (isRedirection()) {
          return;
        }
      }
      if (state == State.BODY) {
        fail("connection closed prematurely");
      } else if (state != State.COMPLETE && state != State.BAD_CHUNK) {
        fail("error getting response");
      }
    }

    private String request() {
      StringBuilder text = new StringBuilder();
      String method = options.postData.isPresent() ? "POST" : options.spider ? "HEAD" : "GET";
      text.append(method).append(' ').append(url.target()).append(" HTTP/1.1\r\n");
      text.append("Host: ").append(url.authority()).append("\r\n");
      text.append("User-Agent: ").append(options.agent).append("\r\n");
      text.append("Connection: close\r\n");
      url.credentials()
          .ifPresent(
              pair ->
                  text.append("Authorization: Basic ")
                      .append(
                          Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                      .append("\r\n"));
      options.fields.forEach(field -> text.append(field).append("\r\n"));
      options.postData.ifPresent(
          data ->
              text.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                  .append(data.getBytes(StandardCharsets.UTF_8).length)
                  .append("\r\n"));
      return text.append("\r\n").append(options.postData.orElse("")).toString();
    }

    @Override
    public void line(String line) {
      firstLine = firstLine == null ? line : firstLine;
      boolean endOfRedirection = line.isEmpty() && isRedirection();
      if (options.showResponse && !endOfRedirection) {
        say("  " + line + "\n");
      }
      if (firstLine.equals(line) && !line.matches("HTTP/1\\.[01] [1-3].*")) {
        fail("server returned error: " + line);
      }
    }

    @Override
    public void head(ResponseHead newHead, boolean interim) {
      firstLine = interim ? null : firstLine;
      head = interim ? null : newHead;
    }

    private boolean isRedirection() {
      return head != null
          && head.status() >= 300
          && head.status() < 400
          && head.location().isPresent();
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
      if (!isRedirection()) {
        open();
        output.write(self, bytes, offset, length);
        received += length;
      }
    }

    private boolean isToStdout() {
      return options.output.filter("-"::equals).isPresent();
    }

    private String target() {
      return options.output.orElseGet(
          () -> options.directory.map(directory -> directory + "/" + name).orElse(name));
    }

    /** Opens what the body goes to, with the first piece of it or at its end. */
    private void open() {
      if (output != null) {
        return;
      }
      if (isToStdout()) {
        output = self.stdio().out();
        shownName = "-";
        say("writing to stdout\n");
        return;
      }
      String path = FileTree.resolve(self.workingDirectory(), target());
      if (options.output.isEmpty() && self.host().files().find(path).isPresent()) {
        fail("can't open '" + target() + "': File exists");
      }
      try {
        output = new FileOutput(self.host().files(), path, false);
      } catch (SystemCallException e) {
        fail("can't open '" + target() + "': " + e.errno().text());
      }
      shownName = path.substring(path.lastIndexOf('/') + 1);
      say("saving to '" + target() + "'\n");
    }

    /** Prints a message unless told to be quiet. */
    private void say(String text) {
      if (!options.quiet) {
        self.write(messages, text);
      }
    }

    private void fail(String message) {
      self.write(messages, "wget: " + message + "\n");
      self.exit(1);
    }

    private static String reason(IOException e) {
      return String.valueOf(e.getMessage())
          .replaceFirst("^Connection reset$", "Connection reset by peer")
          .replaceFirst("^No route to host$", "Host is unreachable")
          .replaceFirst("^Network is unreachable$", "Network unreachable")
          .replaceFirst("^Connection timed out$", "Operation timed out");
    }
  }
}

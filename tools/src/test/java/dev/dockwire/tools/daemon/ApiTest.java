package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients other than docker's own see of the API: requests written by hand. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApiTest {

  private static final String KEYS = "\u0018x";
  private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");

  @TempDir Path folder;

  private RunningDaemon daemon;

  @BeforeEach
  void startDaemon() {
    daemon = new RunningDaemon(folder);
  }

  @AfterEach
  void endDaemon() throws InterruptedException {
    daemon.end();
  }

  @Test
  void headerFieldsComeInTheSameOrderEveryTime() throws IOException {
    assertThat(call("HEAD", "/_ping", "").lines().map(line -> line.replaceFirst(":.*", "")))
        .containsSubsequence(
            "HTTP/1.1 200 OK",
            "Api-Version",
            "Docker-Experimental",
            "Ostype",
            "Server",
            "Builder-Version",
            "Swarm");
  }

  @Test
  void theDetachKeysOfAnAttachedTerminalAreTheDaemonsToFind() throws IOException {
    String id = runShell();
    upgrade("/containers/" + id + "/attach?stream=1&stdin=1&stdout=1&detachKeys=ctrl-x,x", "");
    call("POST", "/containers/" + id + "/resize?h=10&w=20", "");
    assertThat(events())
        .contains("\"Action\":\"detach\"")
        .contains("\"Action\":\"resize\"")
        .contains("\"height\":\"10\"")
        .contains("\"width\":\"20\"");
    assertThat(call("GET", "/containers/" + id + "/json", "")).contains("\"Running\":true");
  }

  @Test
  void anExecHasDetachKeysOfItsOwn() throws IOException {
    String id = runShell();
    String made =
        call(
            "POST",
            "/containers/" + id + "/exec",
            "{\"Cmd\":[\"sh\"],\"Tty\":true,\"AttachStdin\":true,\"AttachStdout\":true,"
                + "\"DetachKeys\":\"ctrl-x,x\"}");
    String exec = id(made);
    upgrade("/exec/" + exec + "/start", "{\"Tty\":true}");
    assertThat(events()).contains("\"Action\":\"exec_detach\"");
    assertThat(call("GET", "/exec/" + exec + "/json", "")).contains("\"Running\":true");
    assertThat(
            call("POST", "/containers/" + id + "/exec", "{\"Cmd\":[\"sh\"],\"DetachKeys\":\"ä\"}"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Invalid detach keys");
  }

  @Test
  void detachKeysThatAreNoneAreRefused() throws IOException {
    assertThat(call("POST", "/containers/" + runShell() + "/attach?stream=1&detachKeys=,", ""))
        .startsWith("HTTP/1.1 400 ")
        .contains("Invalid detach keys (,) provided");
  }

  @Test
  void whatCannotBeStartedIsSaidOnATerminalToo() throws IOException {
    String id = runShell();
    for (boolean tty : new boolean[] {false, true}) {
      String asked = "{\"Cmd\":[\"nosuch\"],\"AttachStdout\":true,\"Tty\":" + tty + "}";
      String exec = id(call("POST", "/containers/" + id + "/exec", asked));
      assertThat(call("POST", "/exec/" + exec + "/start", "{\"Tty\":" + tty + "}"))
          .contains("executable file not found in $PATH");
      assertThat(call("GET", "/exec/" + exec + "/json", "")).contains("\"ExitCode\":127");
    }
  }

  @Test
  void hostsAndPortsAreLookedAtAsOnACommandLine() throws IOException {
    assertThat(
            call(
                "POST",
                "/containers/create",
                "{\"Image\":\"alpine\",\"HostConfig\":{\"ExtraHosts\":[\"a:b\\n1.2.3.4 c\"]}}"))
        .startsWith("HTTP/1.1 400 ")
        .contains("invalid IP address in add-host");
    assertThat(
            call(
                "POST",
                "/containers/create",
                "{\"Image\":\"alpine\",\"ExposedPorts\":{\"65536/tcp\":{}}}"))
        .startsWith("HTTP/1.1 400 ")
        .contains("invalid port specification");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhileItIsStillComing() throws IOException {
    try (SocketChannel channel = connect()) {
      OutputStream out = Channels.newOutputStream(channel);
      out.write(
          "PUT /containers/c/archive?path=/ HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = new byte[1 << 20];
      for (int i = 0; i < 20; i++) {
        out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      channel.shutdownOutput();
      assertThat(text(channel)).startsWith("HTTP/1.1 413 ").contains("request body too large");
    }
  }

  private String runShell() throws IOException {
    String id =
        id(
            call(
                "POST",
                "/containers/create",
                "{\"Image\":\"alpine\",\"Tty\":true,\"OpenStdin\":true}"));
    assertThat(call("POST", "/v1.41/containers/" + id + "/start", "")).startsWith("HTTP/1.1 204 ");
    return id;
  }

  private String events() throws IOException {
    return call("GET", "/events?since=1&until=" + (System.currentTimeMillis() / 1000 + 1), "");
  }

  private static String id(String answer) {
    Matcher matcher = ID.matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return matcher.group(1);
  }

  /** The whole answer to a request with a JSON body. */
  private String call(String method, String target, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String fields =
        "Connection: close\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n";
    return send(method, target, fields, body);
  }

  private String send(String method, String target, String fields, String body) throws IOException {
    try (SocketChannel channel = connect()) {
      write(channel, method + " " + target + " HTTP/1.1\r\nHost: d\r\n" + fields + "\r\n" + body);
      return text(channel);
    }
  }

  /** Takes a connection over and types the detach keys: the daemon ends it then. */
  private void upgrade(String target, String body) throws IOException {
    try (SocketChannel channel = connect()) {
      write(
          channel,
          "POST "
              + target
              + " HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      byte[] head = Channels.newInputStream(channel).readNBytes("HTTP/1.1 101 UPGRADED".length());
      assertThat(new String(head, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 101 UPGRADED");
      write(channel, KEYS);
      assertThat(text(channel)).contains("Upgrade: tcp");
    }
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(daemon.socket()));
    return channel;
  }

  private static String text(SocketChannel channel) throws IOException {
    InputStream in = Channels.newInputStream(channel);
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}

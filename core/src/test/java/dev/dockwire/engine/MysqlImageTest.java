package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.TcpState;
import dev.dockwire.time.Seed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mysql image: its entry point, its server on the wire, its clients. */
class MysqlImageTest {

  private static final long SECOND = 1_000_000_000;
  private static final int MYSQL = 3306;

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world, EngineSettings.DEFAULT);

  @AfterEach
  void close() {
    engine.close();
  }

  private Container run(String name, String... environment) {
    Container container =
        engine.create(
            ContainerSpec.of("mysql").withName(name).withEnvironment(List.of(environment)));
    engine.start(container);
    pass(SECOND);
    return container;
  }

  private void pass(long nanos) {
    world.loop().runUntil(world.now() + nanos);
  }

  private String log(Container container) {
    return container.logs().from(0).stream()
        .map(line -> new String(line.text(), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  /** What a command prints in a container, its exit status behind it. */
  private String exec(Container container, String... command) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Output output = (_, bytes, offset, length) -> printed.write(bytes, offset, length);
    Process process =
        engine.exec(
            container,
            List.of(command),
            List.of(),
            Optional.empty(),
            Stdio.NULL.withOut(output).withErr(output));
    world.loop().runUntil(process::hasEnded);
    return printed.toString(StandardCharsets.UTF_8) + "[" + process.exitStatus() + "]";
  }

  private HostStack stackOf(Container container) {
    return engine
        .exec(container, List.of("sleep", "1"), List.of(), Optional.empty(), Stdio.NULL)
        .host()
        .stack();
  }

  /** A client made of bytes. */
  private final class RawClient {

    private final TcpSocket socket;

    RawClient(HostStack from, String address, int port) throws Exception {
      this(from, address, port, SECOND / 10);
    }

    RawClient(HostStack from, String address, int port, long nanos) throws Exception {
      socket =
          TcpSocket.connect(
              from,
              0,
              0,
              dev.dockwire.frame.Ipv4Address.parse(address).value(),
              port,
              new TcpSocket.Handler() {},
              world.now());
      pass(nanos);
    }

    void send(byte[] bytes) {
      if (socket.state() == TcpState.ESTABLISHED) {
        socket.write(bytes, 0, bytes.length, world.now());
      }
      pass(SECOND / 10);
    }

    /** What has come; it ends in a dollar sign if the server has closed. */
    String received() {
      byte[] buffer = new byte[65_536];
      StringBuilder text = new StringBuilder();
      int count;
      while ((count = socket.read(buffer, 0, buffer.length, world.now())) > 0) {
        text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
      return text + (count < 0 ? "$" : "");
    }
  }

  @Test
  void theLogSaysWhenTheServerIsReady() {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1");
    assertThat(log(db))
        .startsWith("Initializing database\nDatabase initialized\n")
        .contains("MySQL init process done. Ready for start up.")
        .endsWith(
            "/usr/sbin/mysqld: ready for connections. Version: '8.0.12'  socket:"
                + " '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.\n");
    engine.stop(db, 10 * SECOND);
    world.loop().runUntil(() -> !db.isRunning());
    assertThat(log(db)).contains("Shutdown complete");
    assertThat(db.exitCode()).isZero();
  }

  @Test
  void eachPasswordVariableIsHeeded() {
    Container empty = run("empty", "MYSQL_ALLOW_EMPTY_PASSWORD=yes");
    assertThat(exec(empty, "mysql", "-N", "-e", "SELECT USER()")).isEqualTo("root@localhost\n[0]");
    Container random = run("random", "MYSQL_RANDOM_ROOT_PASSWORD=1");
    String password = log(random).replaceFirst("(?s).*GENERATED ROOT PASSWORD: (\\S+)\n.*", "$1");
    assertThat(exec(random, "mysql", "-p" + password, "-Ne", "SELECT 1")).endsWith("\n1\n[0]");
    assertThat(exec(random, "mysql", "-e", "SELECT 1"))
        .isEqualTo(
            "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)\n"
                + "[1]");
    assertThat(exec(random, "mysql", "-px", "-e", "SELECT 1"))
        .endsWith("Access denied for user 'root'@'localhost' (using password: YES)\n[1]");
  }

  @Test
  void theDataOutlastAKilledServerAndTheVariablesAreForTheFirstStart() {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1", "MYSQL_DATABASE=shop");
    assertThat(
            exec(
                db,
                "mysql",
                "-p1",
                "shop",
                "-e",
                "CREATE TABLE t (a INT); INSERT INTO t VALUES (7)"))
        .endsWith("[0]");
    engine.kill(db, dev.dockwire.host.Signal.KILL);
    world.loop().runUntil(() -> !db.isRunning());
    engine.start(db);
    pass(SECOND);
    assertThat(log(db)).containsOnlyOnce("Initializing database");
    assertThat(exec(db, "mysql", "-p1", "-Ne", "SELECT * FROM shop.t")).endsWith("\n7\n[0]");
  }

  @Test
  void dataThatSomebodyHasSpoiltEndTheServerWithAnError() {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1");
    engine.stop(db, 10 * SECOND);
    world.loop().runUntil(() -> !db.isRunning());
    db.files().write("/var/lib/mysql/data.sql", "nonsense");
    engine.start(db);
    world.loop().runUntil(() -> !db.isRunning());
    assertThat(log(db)).contains("[ERROR] [MY-010119] [Server] Aborting");
    assertThat(db.exitCode()).isEqualTo(1);
  }

  @Test
  void mysqladminSaysWhetherAServerIsThere() {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1");
    assertThat(exec(db, "mysqladmin", "-p1", "ping")).endsWith("mysqld is alive\n[0]");
    assertThat(exec(db, "mysqladmin", "ping")).contains("Access denied").endsWith("[0]");
    assertThat(exec(db, "mysqladmin", "-h172.17.0.2", "-P99", "ping"))
        .isEqualTo(
            "mysqladmin: connect to server at '172.17.0.2' failed\n"
                + "error: 'Can't connect to MySQL server on '172.17.0.2' (111)'\n[1]");
  }

  @Test
  void aStatementWaitsForAnotherClientsTransaction() throws Exception {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1", "MYSQL_DATABASE=shop");
    exec(
        db,
        "mysql",
        "-p1",
        "shop",
        "-e",
        "CREATE TABLE t (a INT PRIMARY KEY, b INT); INSERT INTO t VALUES (1, 0)");
    Process holder =
        engine.exec(
            db,
            List.of(
                "sh",
                "-c",
                "(echo 'BEGIN; UPDATE t SET b = 1;'; sleep 20; echo 'COMMIT;') | mysql -p1 shop"),
            List.of(),
            Optional.empty(),
            Stdio.NULL);
    pass(SECOND);
    long asked = world.now();
    assertThat(exec(db, "mysql", "-p1", "shop", "-e", "UPDATE t SET b = b + 10")).endsWith("[0]");
    assertThat(world.now() - asked).isBetween(15 * SECOND, 25 * SECOND);
    assertThat(exec(db, "mysql", "-p1", "-Ne", "SELECT b FROM shop.t")).endsWith("\n11\n[0]");
    assertThat(holder.hasEnded()).isTrue();
  }

  @Test
  void aStatementThatWaitsForTooLongIsRefused() {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1", "MYSQL_DATABASE=shop");
    exec(
        db,
        "mysql",
        "-p1",
        "shop",
        "-e",
        "CREATE TABLE t (a INT PRIMARY KEY, b INT); INSERT INTO t VALUES (1, 0)");
    engine.exec(
        db,
        List.of("sh", "-c", "(echo 'BEGIN; DELETE FROM t;'; sleep 1000) | mysql -p1 shop"),
        List.of(),
        Optional.empty(),
        Stdio.NULL);
    pass(SECOND);
    assertThat(exec(db, "mysql", "-p1", "shop", "-e", "DELETE FROM t"))
        .endsWith(
            "ERROR 1205 (HY000) at line 1: Lock wait timeout exceeded; try restarting"
                + " transaction\n[1]");
  }

  @Test
  void theXPortSaysThatItIsNotSpoken() throws Exception {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1");
    RawClient client = new RawClient(stackOf(db), "172.17.0.2", 33_060);
    assertThat(client.received()).isEmpty();
    client.send(HexFormat.of().parseHex("0100000001"));
    assertThat(client.received()).contains("The X protocol is not emulated").endsWith("$");
  }

  @Test
  void theGreetingHasVersionTenAndWhoIsSilentIsLetGo() throws Exception {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1");
    RawClient client = new RawClient(stackOf(db), "172.17.0.2", MYSQL);
    assertThat(client.received())
        .startsWith("J\0\0\0\n8.0.12\0\u0008\0\0\0")
        .endsWith("caching_sha2_password\0");
    pass(9 * SECOND);
    assertThat(client.received()).isEmpty();
    pass(SECOND);
    assertThat(client.received()).isEqualTo("$");
  }

  @Test
  void whatIsNoLoginIsABadHandshake() throws Exception {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1");
    HostStack stack = stackOf(db);
    RawClient http = new RawClient(stack, "172.17.0.2", MYSQL);
    http.received();
    http.send("GET / HTTP/1.1\r\nHost: db\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(http.received()).contains("#08S01Got packets out of order").endsWith("$");
    RawClient shortOne = new RawClient(stack, "172.17.0.2", MYSQL);
    shortOne.received();
    shortOne.send(new byte[] {3, 0, 0, 1, 1, 2, 3});
    assertThat(shortOne.received()).contains("#08S01Bad handshake").endsWith("$");
  }

  @Test
  void theHundredAndFiftySecondClientIsOneTooMany() throws Exception {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=1");
    HostStack stack = stackOf(db);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 152; i++) {
      clients.add(new RawClient(stack, "127.0.0.1", MYSQL, SECOND / 1_000));
    }
    assertThat(clients.get(150).received()).contains("8.0.12");
    assertThat(clients.get(151).received()).contains("#08004Too many connections").endsWith("$");
    pass(11 * SECOND);
    assertThat(new RawClient(stack, "127.0.0.1", MYSQL, SECOND).received()).contains("8.0.12");
  }

  /** Whatever a client sends, the server answers the next one. */
  @Test
  void noBytesHarmTheServer() throws Exception {
    Container db = run("db", "MYSQL_ROOT_PASSWORD=");
    Container server = run("server", "MYSQL_ALLOW_EMPTY_PASSWORD=1");
    assertThat(db.isRunning()).as("without a password").isFalse();
    HostStack stack = stackOf(server);
    RandomGenerator random = new Seed(7).generator("hostile client");
    for (int i = 0; i < 200; i++) {
      RawClient client = new RawClient(stack, "127.0.0.1", MYSQL);
      client.received();
      if (i % 2 == 0) {
        client.send(login());
      }
      for (int packet = 0; packet < 3; packet++) {
        byte[] payload = new byte[random.nextInt(1, 60)];
        random.nextBytes(payload);
        if (random.nextBoolean()) {
          payload[0] = (byte) random.nextInt(0, 32);
        }
        client.send(packet(i % 2 == 0 ? 0 : packet + 1, payload));
      }
      client.received();
      client.socket.abort(world.now());
    }
    assertThat(exec(server, "mysql", "-Ne", "SELECT 1")).isEqualTo("1\n[0]");
    assertThat(log(server)).doesNotContain("Exception");
  }

  private static byte[] packet(int sequence, byte[] payload) {
    byte[] packet = new byte[payload.length + 4];
    packet[0] = (byte) payload.length;
    packet[3] = (byte) sequence;
    System.arraycopy(payload, 0, packet, 4, payload.length);
    return packet;
  }

  /** Root without a password. */
  private static byte[] login() {
    byte[] payload = new byte[32 + "root\0\0caching_sha2_password\0".length()];
    Arrays.fill(payload, (byte) 0);
    byte[] capabilities = HexFormat.of().parseHex("0082080000000001ff");
    System.arraycopy(capabilities, 0, payload, 0, capabilities.length);
    byte[] rest = "root\0\0caching_sha2_password\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(rest, 0, payload, 32, rest.length);
    return packet(1, payload);
  }
}

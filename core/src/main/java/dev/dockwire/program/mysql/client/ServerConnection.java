package dev.dockwire.program.mysql.client;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.program.mysql.Capability;
import dev.dockwire.program.mysql.Command;
import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.PacketStream;
import dev.dockwire.program.mysql.PayloadReader;
import dev.dockwire.program.mysql.PayloadWriter;
import dev.dockwire.program.mysql.RsaKey;
import dev.dockwire.program.mysql.Scramble;
import dev.dockwire.program.mysql.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A client's end of the classic protocol. Without {@code -h}, or with localhost, the real programs
 * use a Unix socket; here that is the host's loopback, with the socket's words when it fails. The
 * public key of the server is asked for when it is needed.
 */
final class ServerConnection implements AutoCloseable {

  private static final int MAX_PAYLOAD = 16 << 20;
  private static final int UTF8MB4 = 255;
  private static final int OK = 0x00;
  private static final int MORE_DATA = 0x01;
  private static final int EOF = 0xfe;
  private static final int ERROR = 0xff;
  private static final int FULL_AUTHENTICATION = 4;
  private static final int EOF_LENGTH = 5;
  private static final int NOT_NULL = 1;

  private static final int CAPABILITIES =
      Capability.LONG_PASSWORD
          | Capability.LONG_FLAG
          | Capability.PROTOCOL_41
          | Capability.INTERACTIVE
          | Capability.TRANSACTIONS
          | Capability.SECURE_CONNECTION
          | Capability.MULTI_RESULTS
          | Capability.PLUGIN_AUTH
          | Capability.PLUGIN_AUTH_LENENC;

  private final Process self;
  private final StreamSocket socket;
  private final PacketStream packets = new PacketStream(MAX_PAYLOAD - 2);
  private final byte[] buffer = new byte[16 << 10];
  private String serverVersion = "";
  private long connectionId;

  private ServerConnection(Process self, StreamSocket socket) {
    this.self = self;
    this.socket = socket;
  }

  static ServerConnection open(Process self, MysqlOptions options) throws ClientException {
    ServerConnection connection = new ServerConnection(self, connect(self, options));
    try {
      connection.logIn(options);
      return connection;
    } catch (ClientException refused) {
      connection.socket.close();
      throw refused;
    }
  }

  private static StreamSocket connect(Process self, MysqlOptions options) throws ClientException {
    String host = options.usesSocket() ? "127.0.0.1" : options.host.orElse("localhost");
    Ipv4Address address =
        Resolver.resolve(self, host)
            .orElseThrow(
                () -> new ClientException(2005, "Unknown MySQL server host '" + host + "' (-2)"));
    try {
      StreamSocket socket =
          StreamSocket.connect(self, address.value(), options.tcpPort, options.connectTimeoutNanos);
      socket.noDelay(true);
      return socket;
    } catch (IOException e) {
      throw options.usesSocket()
          ? new ClientException(
              2002,
              "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock'"
                  + " (2)")
          : new ClientException(
              2003, "Can't connect to MySQL server on '" + host + "' (" + errno(e) + ")");
    }
  }

  private static int errno(IOException failure) {
    return switch (String.valueOf(failure.getMessage())) {
      case "Connection refused" -> 111;
      case "No route to host" -> 113;
      case "Network is unreachable" -> 101;
      default -> 110;
    };
  }

  private void logIn(MysqlOptions options) throws ClientException {
    byte[] greeting = read("reading initial communication packet");
    try {
      refuseErrors(greeting);
      PayloadReader reader = new PayloadReader(greeting);
      reader.skip(1);
      serverVersion = reader.zeroTerminated();
      connectionId = reader.int4();
      byte[] nonce = Arrays.copyOf(reader.bytes(8), Scramble.NONCE);
      reader.skip(1 + 2 + 1 + 2 + 2 + 1 + 10);
      System.arraycopy(reader.bytes(12), 0, nonce, 8, 12);
      reader.skip(1);
      Scramble plugin = plugin(reader.zeroTerminated());
      send(response(options, plugin, nonce));
      authenticate(options.password, plugin, nonce);
    } catch (MysqlException malformed) {
      throw new ClientException(2027, "Malformed packet");
    }
  }

  private static Scramble plugin(String name) throws ClientException {
    for (Scramble plugin : Scramble.values()) {
      if (plugin.plugin().equals(name)) {
        return plugin;
      }
    }
    throw new ClientException(
        2059, "Authentication plugin '" + name + "' cannot be loaded: no such file or directory");
  }

  private static byte[] response(MysqlOptions options, Scramble plugin, byte[] nonce) {
    boolean withDatabase = options.database.isPresent();
    PayloadWriter response =
        new PayloadWriter()
            .int4(CAPABILITIES | (withDatabase ? Capability.CONNECT_WITH_DB : 0))
            .int4(MAX_PAYLOAD)
            .int1(UTF8MB4)
            .zeros(23)
            .zeroTerminated(options.user)
            .lengthEncoded(plugin.answer(options.password, nonce));
    options.database.ifPresent(response::zeroTerminated);
    return response.zeroTerminated(plugin.plugin()).toBytes();
  }

  private void authenticate(String password, Scramble first, byte[] firstNonce)
      throws ClientException, MysqlException {
    byte[] nonce = firstNonce;
    while (true) {
      byte[] payload = read("reading authorization packet");
      refuseErrors(payload);
      PayloadReader reader = new PayloadReader(payload);
      switch (reader.int1()) {
        case OK -> {
          packets.restart();
          return;
        }
        case EOF -> {
          Scramble other = plugin(reader.zeroTerminated());
          nonce = reader.bytes(Scramble.NONCE);
          send(other.answer(password, nonce));
        }
        case MORE_DATA -> {
          if (reader.int1() == FULL_AUTHENTICATION) {
            sendPassword(password, nonce);
          }
        }
        default -> throw new MysqlException(ServerError.MALFORMED);
      }
    }
  }

  /** Sends the password itself, so that only the owner of the server's key can read it. */
  private void sendPassword(String password, byte[] nonce) throws ClientException, MysqlException {
    send(new byte[] {2});
    PayloadReader reader = new PayloadReader(read("reading authorization packet"));
    reader.skip(1);
    byte[] hidden =
        Scramble.xorRepeating((password + "\0").getBytes(StandardCharsets.UTF_8), nonce);
    Optional<byte[]> ciphertext =
        RsaKey.encrypt(
            reader.rest(), hidden, self.world().seed().generator("mysql " + self.host().name()));
    send(ciphertext.orElseThrow(() -> new MysqlException(ServerError.MALFORMED)));
  }

  private static void refuseErrors(byte[] payload) throws ClientException, MysqlException {
    PayloadReader reader = new PayloadReader(payload);
    if (reader.peek() != ERROR) {
      return;
    }
    reader.skip(1);
    int code = reader.int2();
    String state = "HY000";
    if (reader.peek() == '#') {
      reader.skip(1);
      state = new String(reader.bytes(5), StandardCharsets.US_ASCII);
    }
    throw new ClientException(new ServerError(code, state, reader.rest()));
  }

  /** Has the server execute a statement. */
  Result query(String sql) throws ClientException {
    return command(Command.QUERY, sql);
  }

  void use(String database) throws ClientException {
    command(Command.INIT_DB, database);
  }

  void ping() throws ClientException {
    command(Command.PING, "");
  }

  /** One line about the server. */
  String statistics() throws ClientException {
    send(new PayloadWriter().int1(Command.STATISTICS).toBytes());
    String line = new String(read("during query"), StandardCharsets.UTF_8);
    packets.restart();
    return line;
  }

  private Result command(int command, String text) throws ClientException {
    packets.restart();
    send(new PayloadWriter().int1(command).text(text).toBytes());
    try {
      byte[] payload = read("during query");
      refuseErrors(payload);
      PayloadReader reader = new PayloadReader(payload);
      if (reader.peek() != OK) {
        return table((int) reader.lengthEncodedInteger());
      }
      reader.skip(1);
      long affected = reader.lengthEncodedInteger();
      reader.lengthEncodedInteger();
      reader.skip(4);
      return new Result.Done(affected, reader.remaining() > 0 ? reader.lengthEncodedText() : "");
    } catch (MysqlException malformed) {
      throw new ClientException(2027, "Malformed packet");
    } finally {
      packets.restart();
    }
  }

  private Result table(int count) throws ClientException, MysqlException {
    List<Result.Heading> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(heading(new PayloadReader(read("during query"))));
    }
    read("during query");
    List<List<String>> rows = new ArrayList<>();
    while (true) {
      byte[] payload = read("during query");
      if (payload.length <= EOF_LENGTH && payload.length > 0 && (payload[0] & 0xff) == EOF) {
        return new Result.Table(columns, rows);
      }
      refuseErrors(payload);
      PayloadReader reader = new PayloadReader(payload);
      List<String> row = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        byte[] value = reader.value();
        row.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
      }
      rows.add(row);
    }
  }

  private static Result.Heading heading(PayloadReader reader) throws MysqlException {
    for (int skipped = 0; skipped < 4; skipped++) {
      reader.lengthEncodedBytes();
    }
    String name = reader.lengthEncodedText();
    reader.lengthEncodedBytes();
    reader.skip(1 + 2 + 4);
    int type = reader.int1();
    int flags = reader.int2();
    boolean numeric = type <= 9 && type != 6 && type != 7 || type == 246;
    return new Result.Heading(name, numeric, (flags & NOT_NULL) == 0);
  }

  private void send(byte[] payload) throws ClientException {
    byte[] packet = packets.packet(payload);
    try {
      socket.write(packet, 0, packet.length);
    } catch (IOException e) {
      throw new ClientException(ClientException.GONE_AWAY, "MySQL server has gone away");
    }
  }

  private byte[] read(String occasion) throws ClientException {
    try {
      byte[] payload = packets.next();
      while (payload == null) {
        int count = socket.read(buffer, 0, Math.min(buffer.length, packets.room()));
        if (count < 0) {
          throw lost(occasion, 0);
        }
        packets.receive(buffer, 0, count);
        payload = packets.next();
      }
      return payload;
    } catch (IOException e) {
      throw lost(occasion, 104);
    } catch (MysqlException malformed) {
      throw new ClientException(2027, "Malformed packet");
    }
  }

  private static ClientException lost(String occasion, int errno) {
    return occasion.startsWith("reading")
        ? new ClientException(
            ClientException.LOST,
            "Lost connection to MySQL server at '" + occasion + "', system error: " + errno)
        : new ClientException(ClientException.LOST, "Lost connection to MySQL server " + occasion);
  }

  String serverVersion() {
    return serverVersion;
  }

  long connectionId() {
    return connectionId;
  }

  @Override
  public void close() {
    try {
      packets.restart();
      send(new PayloadWriter().int1(Command.QUIT).toBytes());
    } catch (ClientException alreadyGone) {
      // Then there is nobody to say good-bye to.
    }
    socket.close();
  }
}

package dev.dockwire.program.mysql.server;

import dev.dockwire.program.mysql.Capability;
import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.PayloadReader;
import dev.dockwire.program.mysql.PayloadWriter;
import dev.dockwire.program.mysql.RsaKey;
import dev.dockwire.program.mysql.Scramble;
import dev.dockwire.program.mysql.ServerError;
import dev.dockwire.program.mysql.ServerStatus;
import dev.dockwire.program.mysql.sql.Account;
import dev.dockwire.program.mysql.sql.Variables;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client's way in: greeting, response, perhaps another plugin, perhaps the password itself under
 * RSA. A name that nobody has is asked for a password all the same.
 *
 * <p>The real server keeps a cache of passwords that were right once, and asks for the password
 * itself as long as one is not in it. Here every account is as if it were; only a wrong answer
 * leads to the question.
 */
final class Login {

  /** What comes of a payload. */
  sealed interface Step {

    /** This is to be sent, and another payload will come. */
    record Ask(byte[] payload) implements Step {}

    /** The client is in, once it has been told so. */
    record In(Account account, String database, Optional<byte[]> before) implements Step {}
  }

  private static final int CAPABILITIES =
      Capability.LONG_PASSWORD
          | Capability.FOUND_ROWS
          | Capability.LONG_FLAG
          | Capability.CONNECT_WITH_DB
          | Capability.IGNORE_SPACE
          | Capability.PROTOCOL_41
          | Capability.INTERACTIVE
          | Capability.TRANSACTIONS
          | Capability.SECURE_CONNECTION
          | Capability.MULTI_RESULTS
          | Capability.PLUGIN_AUTH
          | Capability.CONNECT_ATTRS
          | Capability.PLUGIN_AUTH_LENENC
          | Capability.DEPRECATE_EOF;

  private static final int UTF8MB4 = 255;
  private static final int PROTOCOL = 10;
  private static final int AUTH_SWITCH = 0xfe;
  private static final int MORE_DATA = 0x01;
  private static final int REQUEST_PUBLIC_KEY = 0x02;
  private static final int FAST_SUCCESS = 0x03;
  private static final int FULL_AUTHENTICATION = 0x04;
  private static final int FIRST_PART = 8;

  /** What is expected next. */
  private enum Phase {
    RESPONSE,
    SWITCHED,
    FULL
  }

  private final MysqlService service;
  private final String client;
  private final byte[] nonce;
  private Phase phase = Phase.RESPONSE;
  private int capabilities;
  private String name = "";
  private String database = "";

  Login(MysqlService service, String client) {
    this.service = service;
    this.client = client;
    this.nonce = Scramble.nonce(service.random());
  }

  /** What the server says first. */
  byte[] greeting(long connectionId) {
    return new PayloadWriter()
        .int1(PROTOCOL)
        .zeroTerminated(Variables.VERSION)
        .int4(connectionId)
        .bytes(Arrays.copyOf(nonce, FIRST_PART))
        .int1(0)
        .int2(CAPABILITIES)
        .int1(UTF8MB4)
        .int2(ServerStatus.AUTOCOMMIT)
        .int2(CAPABILITIES >>> 16)
        .int1(nonce.length + 1)
        .zeros(10)
        .bytes(Arrays.copyOfRange(nonce, FIRST_PART, nonce.length))
        .int1(0)
        .zeroTerminated(plugin().plugin())
        .toBytes();
  }

  private Scramble plugin() {
    return service.accounts().plugin();
  }

  Step receive(byte[] payload) throws MysqlException {
    return switch (phase) {
      case RESPONSE -> respond(payload);
      case SWITCHED -> check(payload);
      case FULL -> full(payload);
    };
  }

  private Step respond(byte[] payload) throws MysqlException {
    byte[] answer;
    String clientPlugin;
    try {
      PayloadReader reader = new PayloadReader(payload);
      capabilities = (int) reader.int4() & CAPABILITIES;
      if (!has(Capability.PROTOCOL_41) || !has(Capability.SECURE_CONNECTION)) {
        throw new MysqlException(ServerError.BAD_HANDSHAKE);
      }
      reader.skip(4 + 1 + 23);
      name = reader.zeroTerminated();
      answer =
          has(Capability.PLUGIN_AUTH_LENENC)
              ? reader.lengthEncodedBytes()
              : reader.bytes(reader.int1());
      database =
          has(Capability.CONNECT_WITH_DB) && reader.remaining() > 0 ? reader.zeroTerminated() : "";
      clientPlugin =
          has(Capability.PLUGIN_AUTH) && reader.remaining() > 0
              ? reader.zeroTerminated()
              : Scramble.NATIVE.plugin();
    } catch (MysqlException malformed) {
      throw new MysqlException(ServerError.BAD_HANDSHAKE);
    }
    if (clientPlugin.equals(plugin().plugin())) {
      return check(answer);
    }
    phase = Phase.SWITCHED;
    return new Step.Ask(
        new PayloadWriter()
            .int1(AUTH_SWITCH)
            .zeroTerminated(plugin().plugin())
            .bytes(nonce)
            .int1(0)
            .toBytes());
  }

  private Step check(byte[] answer) throws MysqlException {
    Optional<Account> account = service.accounts().find(name);
    boolean empty = answer.length == 0 || answer.length == 1 && answer[0] == 0;
    if (empty) {
      return in(account.filter(found -> !found.hasPassword()), false, Optional.empty());
    }
    byte[] stored = account.map(found -> found.stored().get(plugin())).orElse(new byte[0]);
    boolean right = stored.length > 0 && plugin().accepts(answer, stored, nonce);
    if (plugin() == Scramble.NATIVE) {
      return in(account.filter(_ -> right), true, Optional.empty());
    }
    if (right) {
      return in(account, true, Optional.of(new byte[] {MORE_DATA, FAST_SUCCESS}));
    }
    phase = Phase.FULL;
    return new Step.Ask(new byte[] {MORE_DATA, FULL_AUTHENTICATION});
  }

  /** The client asks for the key, or sends its password, hidden by it. */
  private Step full(byte[] payload) throws MysqlException {
    if (payload.length == 1 && payload[0] == REQUEST_PUBLIC_KEY) {
      return new Step.Ask(
          new PayloadWriter().int1(MORE_DATA).text(service.key().toPem()).toBytes());
    }
    Optional<String> password =
        payload.length == RsaKey.OCTETS
            ? service
                .key()
                .decrypt(payload)
                .map(
                    hidden ->
                        new String(Scramble.xorRepeating(hidden, nonce), StandardCharsets.UTF_8))
                .filter(text -> text.endsWith("\0"))
                .map(text -> text.substring(0, text.length() - 1))
            : Optional.empty();
    Optional<Account> account =
        service
            .accounts()
            .find(name)
            .filter(
                found ->
                    password.isPresent()
                        && Arrays.equals(
                            found.stored().get(Scramble.CACHING_SHA2),
                            Scramble.CACHING_SHA2.stored(password.get())));
    return in(account, true, Optional.empty());
  }

  private Step in(Optional<Account> account, boolean withPassword, Optional<byte[]> before)
      throws MysqlException {
    Account found =
        account.orElseThrow(
            () ->
                new MysqlException(
                    1045,
                    "28000",
                    "Access denied for user '"
                        + name
                        + "'@'"
                        + client
                        + "' (using password: "
                        + (withPassword ? "YES" : "NO")
                        + ")"));
    return new Step.In(found, database, before);
  }

  boolean has(int capability) {
    return (capabilities & capability) != 0;
  }
}

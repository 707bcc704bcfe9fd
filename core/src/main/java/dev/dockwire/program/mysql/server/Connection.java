package dev.dockwire.program.mysql.server;

import dev.dockwire.program.mysql.Capability;
import dev.dockwire.program.mysql.Command;
import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.PacketStream;
import dev.dockwire.program.mysql.ServerError;
import dev.dockwire.program.mysql.sql.Answer;
import dev.dockwire.program.mysql.sql.LockedException;
import dev.dockwire.program.mysql.sql.Session;
import dev.dockwire.program.mysql.sql.Variables;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One client of the classic protocol: its login, then command after command. */
final class Connection implements ClientSocket.Conversation {

  /** A login has no use for more. */
  private static final int MAX_LOGIN_PAYLOAD = 66_000;

  private static final long CONNECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOCK_WAIT_NANOS = TimeUnit.SECONDS.toNanos(Variables.LOCK_WAIT_SECONDS);

  private final MysqlService service;
  private final ClientSocket socket;
  private final String client;
  private final long id;
  private final PacketStream packets = new PacketStream(MAX_LOGIN_PAYLOAD);
  private final Login login;
  private Optional<Session> session = Optional.empty();
  private long deadline;

  /** A statement that another transaction keeps waiting. */
  private Optional<String> locked = Optional.empty();

  private Connection(MysqlService service, ClientSocket socket, String client, long id) {
    this.service = service;
    this.socket = socket;
    this.client = client;
    this.id = id;
    this.login = new Login(service, client);
    this.deadline = service.now() + CONNECT_TIMEOUT_NANOS;
  }

  /** Greets a client. */
  static Connection greet(MysqlService service, ClientSocket socket, String client, long id) {
    Connection connection = new Connection(service, socket, client, id);
    connection.send(connection.login.greeting(id));
    return connection;
  }

  /** Says no instead of a greeting. */
  static Connection refuse(MysqlService service, ClientSocket socket, ServerError error) {
    Connection connection = new Connection(service, socket, "", 0);
    connection.fail(error);
    return connection;
  }

  private void send(byte[] payload) {
    socket.send(packets.packet(payload));
  }

  /** Sends an error and ends the connection. */
  private void fail(ServerError error) {
    send(error.toPayload());
    socket.finish();
  }

  @Override
  public int room() {
    return locked.isPresent() ? 0 : packets.room();
  }

  @Override
  public void receive(byte[] bytes, int offset, int length) {
    packets.receive(bytes, offset, length);
  }

  @Override
  public void resume() {
    if (locked.isPresent()) {
      query(locked.get());
      return;
    }
    try {
      while (locked.isEmpty() && socket.isIdle()) {
        byte[] payload = packets.next();
        if (payload == null) {
          return;
        }
        receive(payload);
      }
    } catch (MysqlException refused) {
      fail(refused.error());
    }
  }

  private void receive(byte[] payload) throws MysqlException {
    if (session.isEmpty()) {
      logIn(payload);
    } else {
      deadline = service.now() + waitNanos(session.get());
      execute(session.get(), payload);
    }
  }

  private static long waitNanos(Session of) {
    return TimeUnit.SECONDS.toNanos(of.variables().waitSeconds());
  }

  private void logIn(byte[] payload) throws MysqlException {
    switch (login.receive(payload)) {
      case Login.Step.Ask ask -> send(ask.payload());
      case Login.Step.In in -> {
        in.before().ifPresent(this::send);
        Session opened = service.database().open(in.account(), client, id);
        session = Optional.of(opened);
        if (!in.database().isEmpty()) {
          opened.use(in.database());
        }
        send(answers(opened).ok(Answer.Done.NOTHING));
        packets.maxPayload(Variables.MAX_ALLOWED_PACKET);
        packets.restart();
        deadline = service.now() + waitNanos(opened);
      }
    }
  }

  private AnswerWriter answers(Session of) throws MysqlException {
    return new AnswerWriter(packets, login.has(Capability.DEPRECATE_EOF), of.status());
  }

  private void execute(Session current, byte[] payload) {
    int command = payload.length == 0 ? -1 : payload[0] & 0xff;
    String text = payload.length == 0 ? "" : StatementText.of(payload, 1);
    try {
      switch (command) {
        case Command.QUIT -> socket.close();
        case Command.QUERY -> query(text);
        case Command.INIT_DB -> {
          current.use(text);
          done(current);
        }
        case Command.PING, Command.SET_OPTION -> done(current);
        case Command.STATISTICS -> {
          send(statistics().getBytes(StandardCharsets.UTF_8));
          packets.restart();
        }
        case Command.RESET_CONNECTION -> {
          current.close();
          session = Optional.of(current.afresh());
          service.retryLocked();
          done(session.get());
        }
        case Command.STMT_PREPARE ->
            throw new MysqlException(
                1295,
                "HY000",
                "This command is not supported in the prepared statement protocol yet");
        default -> throw new MysqlException(ServerError.UNKNOWN_COMMAND);
      }
    } catch (MysqlException refused) {
      refuse(refused.error());
    }
  }

  private void done(Session current) throws MysqlException {
    send(answers(current).ok(Answer.Done.NOTHING));
    packets.restart();
  }

  private void refuse(ServerError error) {
    send(error.toPayload());
    packets.restart();
  }

  private String statistics() {
    return "Uptime: "
        + TimeUnit.NANOSECONDS.toSeconds(service.now() - service.startedAt())
        + "  Threads: "
        + service.clientCount();
  }

  private void query(String sql) {
    Session current = session.orElseThrow();
    try {
      Answer answer = current.execute(sql);
      locked = Optional.empty();
      socket.send(answers(current).packets(answer));
      packets.restart();
      service.retryLocked();
    } catch (MysqlException refused) {
      locked = Optional.empty();
      refuse(refused.error());
      service.retryLocked();
    } catch (LockedException wait) {
      if (locked.isEmpty()) {
        locked = Optional.of(sql);
        deadline = service.now() + LOCK_WAIT_NANOS;
      }
    }
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void expire(long now) {
    if (locked.isEmpty()) {
      socket.close();
      return;
    }
    locked = Optional.empty();
    deadline = now + waitNanos(session.orElseThrow());
    refuse(ServerError.LOCK_WAIT_TIMEOUT);
    // What it has sent meanwhile has not been looked at.
    service.wake(socket);
  }

  @Override
  public boolean isWaiting() {
    return locked.isPresent();
  }

  @Override
  public void ended() {
    session.ifPresent(Session::close);
    session = Optional.empty();
    service.retryLocked();
  }
}

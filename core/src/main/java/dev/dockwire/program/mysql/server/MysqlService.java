package dev.dockwire.program.mysql.server;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.program.mysql.RsaKey;
import dev.dockwire.program.mysql.ServerError;
import dev.dockwire.program.mysql.sql.Database;
import dev.dockwire.program.mysql.sql.Variables;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.time.Clock;
import java.net.BindException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The server at its ports. The stack's thread only notes who has something to be done; the
 * process's own thread does it, one client after the other, so that statements of several clients
 * have one order.
 */
final class MysqlService {

  private static final int X_PORT = 33_060;
  private static final int BACKLOG = 151;

  /** The first that a client gets; the real server needs those before for itself. */
  private static final int FIRST_CONNECTION = 8;

  private final Process self;
  private final Accounts accounts;
  private final Database database;
  private final RandomGenerator random;
  private final byte[] buffer = new byte[16 << 10];
  private final Set<ClientSocket> clients = new LinkedHashSet<>();
  private final Set<ClientSocket> ready = new LinkedHashSet<>();
  private TcpListener classic;
  private TcpListener x;
  private RsaKey key;
  private long nextConnection = FIRST_CONNECTION;
  private boolean acceptable;
  private boolean stopped;

  private MysqlService(Process self, Accounts accounts, Database database) {
    this.self = self;
    this.accounts = accounts;
    this.database = database;
    this.random = self.world().seed().generator("mysqld " + self.host().name());
  }

  /**
   * Begins to listen on all of the host's addresses.
   *
   * @throws BindException if the port is in use; the X protocol's may be
   */
  static MysqlService listen(Process self, Accounts accounts, Database database, int tcpPort)
      throws BindException {
    MysqlService service = new MysqlService(self, accounts, database);
    service.classic = service.open(tcpPort);
    try {
      service.x = service.open(X_PORT);
    } catch (BindException inUse) {
      // As the real server does, go on without.
    }
    self.onEnd(service::close);
    return service;
  }

  private TcpListener open(int tcpPort) throws BindException {
    return TcpListener.listen(
        self.host().stack(),
        0,
        tcpPort,
        BACKLOG,
        any -> {
          acceptable = true;
          self.wake();
        });
  }

  /** Serves until TERM comes. */
  void serve() {
    self.onSignal(Signal.TERM, () -> stopped = true);
    while (!stopped) {
      self.await(() -> stopped || acceptable || !ready.isEmpty(), deadline());
      if (acceptable) {
        acceptable = false;
        accept();
      }
      for (ClientSocket client : List.copyOf(ready)) {
        ready.remove(client);
        client.resume();
      }
      List.copyOf(clients).forEach(client -> client.expire(self.now()));
    }
  }

  private long deadline() {
    long earliest = Clock.NEVER;
    for (ClientSocket client : clients) {
      earliest = Math.min(earliest, client.deadline());
    }
    return earliest;
  }

  private void accept() {
    while (classic.isAcceptable()) {
      ClientSocket client = new ClientSocket(this);
      client.open(classic, peer -> greet(client, peer));
    }
    while (x != null && x.isAcceptable()) {
      ClientSocket client = new ClientSocket(this);
      client.open(x, _ -> new XConnection(client, self.now()));
    }
  }

  private ClientSocket.Conversation greet(ClientSocket client, int address) {
    long id = nextConnection++;
    if (clients.size() > Variables.MAX_CONNECTIONS) {
      return Connection.refuse(this, client, ServerError.TOO_MANY_CONNECTIONS);
    }
    String peer = address >>> 24 == 127 ? "localhost" : new Ipv4Address(address).toString();
    return Connection.greet(this, client, peer, id);
  }

  void add(ClientSocket client) {
    clients.add(client);
  }

  void remove(ClientSocket client) {
    clients.remove(client);
    ready.remove(client);
  }

  /** Has a client looked after by the process's own thread. */
  void wake(ClientSocket client) {
    if (clients.contains(client)) {
      ready.add(client);
      self.wake();
    }
  }

  /** A transaction may have ended: those who wait for one are to try again. */
  void retryLocked() {
    for (ClientSocket client : new ArrayList<>(clients)) {
      if (client.isWaiting()) {
        wake(client);
      }
    }
  }

  private void close() {
    long now = self.now();
    List.copyOf(clients).forEach(ClientSocket::close);
    classic.close(now);
    if (x != null) {
      x.close(now);
    }
  }

  /** The server's RSA key, made when it is first needed. */
  RsaKey key() {
    if (key == null) {
      key = RsaKey.generate(self.world().seed().generator("mysqld key " + self.host().name()));
    }
    return key;
  }

  long now() {
    return self.now();
  }

  long startedAt() {
    return self.startedAt();
  }

  int clientCount() {
    return clients.size();
  }

  Accounts accounts() {
    return accounts;
  }

  Database database() {
    return database;
  }

  RandomGenerator random() {
    return random;
  }

  byte[] buffer() {
    return buffer;
  }
}

package dev.dockwire.program.http.server;

import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.tcp.SocketOptions;
import dev.dockwire.time.Clock;
import java.net.BindException;

/**
 * A web server at a port: accepts clients and serves them on the stack's thread, while the process
 * only waits for something to log and for the signal that ends it. While the process is frozen
 * clients are not served; what they sent waits in their sockets.
 */
final class WebService {

  static final int HTTP_PORT = 80;

  private static final int BACKLOG = 511;

  private final Process self;
  private final WebServer server;
  private final byte[] buffer = new byte[16 << 10];
  private TcpListener listener;
  private boolean postponed;
  private Signal ending;

  private WebService(Process self, WebServer server) {
    this.self = self;
    this.server = server;
  }

  /**
   * Begins to listen on all of the host's addresses.
   *
   * @throws BindException if the port is in use
   */
  static WebService listen(Process self, WebServer server) throws BindException {
    WebService service = new WebService(self, server);
    service.listener =
        TcpListener.listen(
            self.host().stack(),
            SocketOptions.DEFAULT.withReuseAddress(true),
            0,
            HTTP_PORT,
            BACKLOG,
            any -> service.acceptIfRunning());
    self.onEnd(service::close);
    return service;
  }

  private void acceptIfRunning() {
    if (!isPostponed()) {
      acceptMore();
    }
  }

  /** Takes the clients that wait, as many as there is room for. */
  void acceptMore() {
    while (ending == null && listener.isAcceptable() && !server.isFull()) {
      ClientSocket.accept(this, listener, server);
    }
  }

  /** Whether the process is frozen; then all clients are looked after when it goes on. */
  boolean isPostponed() {
    if (!self.isFrozen()) {
      return false;
    }
    postponed = true;
    self.wake();
    return true;
  }

  /** Serves until one of the signals comes; returns which. */
  Signal serve(Signal... endings) {
    for (Signal signal : endings) {
      self.onSignal(signal, () -> ending = signal);
    }
    while (ending == null) {
      self.await(() -> ending != null || postponed || !server.log().isEmpty(), Clock.NEVER);
      if (postponed) {
        postponed = false;
        acceptMore();
        server.resume();
      }
      server.flushLog();
    }
    return ending;
  }

  private void close() {
    long now = self.now();
    server.closeAll();
    listener.close(now);
  }

  /** What all clients' bytes are read into, one client after the other. */
  byte[] buffer() {
    return buffer;
  }

  long now() {
    return self.now();
  }
}

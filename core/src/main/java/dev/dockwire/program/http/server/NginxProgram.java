package dev.dockwire.program.http.server;

import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import java.net.BindException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code nginx}, which always stays in the foreground: one process, where the real one has workers.
 * QUIT, the image's stop signal, TERM and INT end it with status 0; it does not wait for what it is
 * serving.
 */
public final class NginxProgram implements Program {

  /** Where the image's documents are. */
  public static final String DOCUMENT_ROOT = "/usr/share/nginx/html";

  private static final Instant IMAGE_DATE = Instant.parse("2025-06-24T17:22:41Z");
  private static final int BIND_TRIES = 5;
  private static final long BIND_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  @Override
  public int run(Process self) {
    List<String> options = self.arguments().subList(1, self.arguments().size());
    if (options.contains("-v")) {
      self.printError("nginx version: " + Nginx.VERSION + "\n");
      return 0;
    }
    if (options.contains("-t")) {
      self.printError(
          "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n"
              + "nginx: configuration file /etc/nginx/nginx.conf test is successful\n");
      return 0;
    }
    // It shows itself to ps as what it is.
    self.exec(
        NginxProgram::serve,
        new ProcessSpec(
            List.of("nginx: master process " + String.join(" ", self.arguments())),
            self.environment(),
            self.workingDirectory(),
            self.stdio()));
    return 0;
  }

  private static int serve(Process self) {
    ServerTime time = new ServerTime(self.world()::epochNanos);
    DocumentTree documents =
        new DocumentTree(self.host().files(), DOCUMENT_ROOT, IMAGE_DATE, self.world()::epochNanos);
    WebServer server =
        new WebServer(new Nginx(documents, time), documents, new ServerLog(self), self.world());
    WebService service = listen(self, server);
    notice(self, time, "using the \"epoll\" event method");
    notice(self, time, Nginx.VERSION);
    notice(self, time, "start worker processes");
    switch (service.serve(Signal.QUIT, Signal.TERM, Signal.INT)) {
      case QUIT -> {
        notice(self, time, "signal 3 (SIGQUIT) received, shutting down");
        notice(self, time, "gracefully shutting down");
      }
      case INT -> notice(self, time, "signal 2 (SIGINT) received, exiting");
      default -> notice(self, time, "signal 15 (SIGTERM) received, exiting");
    }
    notice(self, time, "exit");
    return 0;
  }

  private static WebService listen(Process self, WebServer server) {
    for (int i = 0; i < BIND_TRIES; i++) {
      try {
        return WebService.listen(self, server);
      } catch (BindException e) {
        self.printError(
            "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n");
        self.sleep(BIND_PAUSE_NANOS);
      }
    }
    self.printError("nginx: [emerg] still could not bind()\n");
    self.exit(1);
    throw new IllegalStateException("exit does not return");
  }

  private static void notice(Process self, ServerTime time, String text) {
    self.printError(Nginx.notice(time, text));
  }
}

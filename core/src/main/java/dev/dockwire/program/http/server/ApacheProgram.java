package dev.dockwire.program.http.server;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.resolver.Resolver;
import java.net.BindException;
import java.time.Instant;
import java.util.List;

/**
 * {@code httpd}, which always stays in the foreground, and the script {@code httpd-foreground} of
 * its image, which runs it. TERM, and WINCH as the image's stop signal, end it with status 0; it
 * does not wait for what it is serving.
 */
public final class ApacheProgram implements Program {

  /** Where the image's documents are. */
  public static final String DOCUMENT_ROOT = "/usr/local/apache2/htdocs";

  private static final Instant IMAGE_DATE = Instant.parse("2007-06-11T18:53:14Z");

  /** The script: it becomes the server. */
  public static final Program FOREGROUND =
      self -> {
        List<String> words = List.of("httpd", "-DFOREGROUND");
        self.exec(
            new ApacheProgram(),
            new ProcessSpec(words, self.environment(), self.workingDirectory(), self.stdio()));
        return 0;
      };

  @Override
  public int run(Process self) {
    List<String> options = self.arguments().subList(1, self.arguments().size());
    if (options.contains("-v")) {
      self.print("Server version: " + Apache.VERSION + "\nServer built:   Jul 23 2025 23:51:17\n");
      return 0;
    }
    warnOfName(self);
    if (options.contains("-t")) {
      self.printError("Syntax OK\n");
      return 0;
    }
    ServerTime time = new ServerTime(self.world()::epochNanos);
    DocumentTree documents =
        new DocumentTree(self.host().files(), DOCUMENT_ROOT, IMAGE_DATE, self.world()::epochNanos);
    WebServer server =
        new WebServer(new Apache(documents, time), documents, new ServerLog(self), self.world());
    WebService service;
    try {
      service = WebService.listen(self, server);
    } catch (BindException e) {
      self.printError(
          "(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:80\n"
              + "no listening sockets available, shutting down\n"
              + "AH00015: Unable to open logs\n");
      return 1;
    }
    warnOfName(self);
    notice(
        self,
        time,
        "mpm_event",
        "AH00489: " + Apache.VERSION + " configured -- resuming normal operations");
    notice(self, time, "core", "AH00094: Command line: 'httpd -D FOREGROUND'");
    boolean graceful = service.serve(Signal.TERM, Signal.WINCH) == Signal.WINCH;
    notice(
        self,
        time,
        "mpm_event",
        graceful
            ? "AH00492: caught SIGWINCH, shutting down gracefully"
            : "AH00491: caught SIGTERM, shutting down");
    return 0;
  }

  private static void notice(Process self, ServerTime time, String module, String text) {
    self.printError(Apache.notice(time, module, text));
  }

  /** It says so twice: it reads its configuration twice. */
  private static void warnOfName(Process self) {
    String name =
        Resolver.resolve(self, self.host().hostname())
            .map(Ipv4Address::toString)
            .orElse("127.0.0.1");
    self.printError(
        "AH00558: httpd: Could not reliably determine the server's fully qualified domain name,"
            + " using "
            + name
            + ". Set the 'ServerName' directive globally to suppress this message\n");
  }
}

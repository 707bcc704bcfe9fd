package dev.dockwire.program.http.client;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code curl} 7.88 for HTTP: one address after the other, on one connection where the server
 * allows that. The exit status is the last address's.
 */
public final class Curl implements Program {

  static final String VERSION = "7.88.1";

  private static final long MAX_RETRY_SECONDS = 600;

  private final ClientStream.Connector connector;

  public Curl() {
    this(SocketStream::connect);
  }

  Curl(ClientStream.Connector connector) {
    this.connector = connector;
  }

  @Override
  public int run(Process self) {
    CurlOptions options = CurlOptions.parse(self);
    if (options.version) {
      self.print(
          String.format(
              Locale.ROOT,
              "curl %1$s (x86_64-pc-linux-gnu) libcurl/%1$s\n"
                  + "Release-Date: 2023-02-20\n"
                  + "Protocols: http\n"
                  + "Features: \n",
              VERSION));
      return 0;
    }
    CurlConnections connections = new CurlConnections(self, options, connector);
    int status = 0;
    for (int i = 0; i < options.urls.size(); i++) {
      Optional<CurlOptions.Target> target =
          i < options.targets.size() ? Optional.of(options.targets.get(i)) : Optional.empty();
      status = fetch(self, options, connections, options.urls.get(i), target);
    }
    return status;
  }

  /** Fetches one address, more than once if it has to; returns curl's exit status for it. */
  private static int fetch(
      Process self,
      CurlOptions options,
      CurlConnections connections,
      String url,
      Optional<CurlOptions.Target> target) {
    Optional<String> path = Optional.empty();
    if (target.isPresent()) {
      path = target.get().path().or(() -> CurlTransfer.remoteName(url));
      if (path.isEmpty()) {
        self.printError("curl: Remote file name has no length!\n");
        say(
            self,
            options,
            CurlException.CANNOT_WRITE,
            "Failed writing received data to disk/application");
        return CurlException.CANNOT_WRITE;
      }
    }
    CurlOutput output = new CurlOutput(self, path, options.silent);
    CurlTrace trace = new CurlTrace(self, options, output.isTerminal());
    trace.beginMeter();
    long pauseSeconds = options.retryDelaySeconds == 0 ? 1 : options.retryDelaySeconds;
    for (int left = options.retries; ; left--) {
      CurlTransfer transfer = new CurlTransfer(self, options, connections, output, trace, url);
      CurlReport report = transfer.run();
      Optional<String> problem = left == 0 ? Optional.empty() : passing(options, report);
      if (problem.isEmpty()) {
        options.writeOut.ifPresent(format -> report.print(self, format));
        if (report.exitStatus != 0) {
          say(self, options, report.exitStatus, report.message);
        }
        return report.exitStatus;
      }
      if (!options.silent) {
        self.printError(
            String.format(
                Locale.ROOT,
                "Warning: Problem %s. Will retry in %d seconds. %d retries left.\n",
                problem.get(),
                pauseSeconds,
                left));
      }
      self.sleep(TimeUnit.SECONDS.toNanos(pauseSeconds));
      if (options.retryDelaySeconds == 0) {
        pauseSeconds = Math.min(MAX_RETRY_SECONDS, pauseSeconds * 2);
      }
    }
  }

  private static void say(Process self, CurlOptions options, int status, String message) {
    if (!options.silent || options.showError) {
      self.printError("curl: (" + status + ") " + message + "\n");
    }
  }

  /** What went wrong, if it may not the next time. */
  private static Optional<String> passing(CurlOptions options, CurlReport report) {
    return switch (report.exitStatus) {
      case CurlException.TIMED_OUT, CurlException.UNKNOWN_HOST -> Optional.of(": timeout");
      case CurlException.CANNOT_CONNECT ->
          options.retryRefused ? Optional.of(": connection refused") : Optional.empty();
      case 0, CurlException.HTTP_ERROR ->
          switch (report.status) {
            case 408, 429, 500, 502, 503, 504 -> Optional.of(": HTTP error");
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }
}

package dev.dockwire.program.http.client;

import dev.dockwire.host.Process;

/** What curl tells beside the body, on standard error: {@code -v}, and how far it is. */
final class CurlTrace {

  private final Process self;
  private final boolean verbose;
  private final boolean metered;
  private final boolean bodyShown;
  private boolean dataTold;

  /**
   * @param bodyShown whether the body goes to a terminal
   */
  CurlTrace(Process self, CurlOptions options, boolean bodyShown) {
    this.self = self;
    this.verbose = options.verbose;
    this.metered = !options.silent && !bodyShown;
    this.bodyShown = bodyShown;
  }

  void info(String text) {
    tell("* " + text + "\n");
  }

  /** Lines of a request, each with its end. */
  void sent(String head) {
    head.lines().forEach(line -> tell("> " + line + "\r\n"));
  }

  void received(String line) {
    tell("< " + line + "\r\n");
  }

  /** Data has passed: told once until something else is. */
  void data(char direction, int length) {
    if (!bodyShown && !dataTold) {
      tell(direction + " [" + length + " bytes data]\n");
      dataTold = true;
    }
  }

  private void tell(String text) {
    if (verbose) {
      self.printError(text);
      dataTold = false;
    }
  }

  boolean isMetered() {
    return metered;
  }

  void beginMeter() {
    if (metered) {
      self.printError(ProgressMeter.HEADER);
    }
  }

  void meter(CurlReport report, long now) {
    if (metered) {
      self.printError(
          ProgressMeter.line(
              Math.max(0, report.expected),
              report.received,
              report.sent,
              report.sent,
              Math.max(0, now - report.startedAt)));
    }
  }

  /** Shows the meter for the last time. */
  void endMeter(CurlReport report, long now) {
    if (metered) {
      meter(report, now);
      self.printError("\n");
    }
  }
}

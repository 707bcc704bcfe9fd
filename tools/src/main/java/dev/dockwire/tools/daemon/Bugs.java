package dev.dockwire.tools.daemon;

import java.io.PrintWriter;

/** Hears of requests that could not be answered because of a fault in the daemon itself. */
@FunctionalInterface
interface Bugs {

  /**
   * @param request null if there was none to be read
   * @param bug what has stopped the handler
   */
  void report(Request request, Throwable bug);

  /** Says it to whoever looks after the daemon. What clients have sent cannot end a line there. */
  static Bugs printedOn(PrintWriter err) {
    return (request, bug) -> {
      String asked =
          request == null
              ? "a request"
              : (request.method() + " " + request.target()).replaceAll("\\p{Cntrl}", "?");
      err.println("dockwire: a bug: " + asked + " failed");
      bug.printStackTrace(err);
      err.flush();
    };
  }
}

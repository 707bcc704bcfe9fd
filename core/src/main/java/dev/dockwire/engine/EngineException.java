package dev.dockwire.engine;

import java.util.List;

/** The engine refuses: Docker's own message, and the HTTP status its API has for it. */
public final class EngineException extends RuntimeException {

  public static final int BAD_REQUEST = 400;
  public static final int FORBIDDEN = 403;
  public static final int NOT_FOUND = 404;
  public static final int CONFLICT = 409;
  public static final int INTERNAL = 500;

  private static final long serialVersionUID = 1;

  private final int status;

  public EngineException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** A bad request for several reasons at once: one stands alone, more are a list. */
  public static EngineException badRequest(String subject, List<String> problems) {
    String reasons =
        problems.size() == 1 ? problems.getFirst() : "* " + String.join("\n* ", problems);
    return new EngineException(BAD_REQUEST, subject + ":\n" + reasons);
  }

  /** The HTTP status that Docker's API answers with. */
  public int status() {
    return status;
  }
}

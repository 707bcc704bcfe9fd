package dev.dockwire.engine.spec;

import dev.dockwire.engine.EngineException;

/**
 * What happens when a container's program has ended: the option {@code --restart}.
 *
 * @param name {@code no}, {@code always}, {@code on-failure} or {@code unless-stopped}
 * @param maxRetries how often {@code on-failure} tries again; 0 for without end
 */
public record RestartPolicy(String name, int maxRetries) {

  public static final RestartPolicy NO = new RestartPolicy("no", 0);

  /**
   * Whether a program that ended by itself runs again.
   *
   * @param retries how often it has been tried again already
   */
  public boolean runsAgainAfter(int exitCode, int retries) {
    return switch (name) {
      case "always", "unless-stopped" -> true;
      case "on-failure" -> exitCode != 0 && (maxRetries == 0 || retries < maxRetries);
      default -> false;
    };
  }

  /**
   * Checks it as the engine does.
   *
   * @throws EngineException 400
   */
  public void check() {
    switch (name) {
      case "on-failure" -> {
        if (maxRetries < 0) {
          throw invalid("maximum retry count cannot be negative");
        }
      }
      case "no", "always", "unless-stopped" -> {
        if (maxRetries != 0) {
          throw invalid("maximum retry count can only be used with 'on-failure'");
        }
      }
      default ->
          throw invalid(
              "unknown policy '"
                  + name
                  + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
    }
  }

  private static EngineException invalid(String why) {
    return new EngineException(EngineException.BAD_REQUEST, "invalid restart policy: " + why);
  }
}

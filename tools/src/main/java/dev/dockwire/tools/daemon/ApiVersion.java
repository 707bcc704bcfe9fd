package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import dev.dockwire.tools.docker.inspect.SystemView;

/** A version of the Engine API, as in {@code 1.50}. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

  static final ApiVersion MINIMUM = parse(SystemView.MIN_API);

  /** Reads two numbers of at most four digits each with a dot between, already known to be so. */
  static ApiVersion parse(String text) {
    int dot = text.indexOf('.');
    return new ApiVersion(
        Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  /**
   * Refuses what a client asks for if the engine does not speak it.
   *
   * @throws EngineException 400
   */
  void check(ApiVersion newest) {
    if (compareTo(MINIMUM) < 0) {
      throw refusal(
          "too old. Minimum supported API version is "
              + MINIMUM
              + ", please upgrade your client to a newer version");
    }
    if (compareTo(newest) > 0) {
      throw refusal("too new. Maximum supported API version is " + newest);
    }
  }

  private EngineException refusal(String why) {
    return new EngineException(
        EngineException.BAD_REQUEST, "client version " + this + " is " + why);
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}

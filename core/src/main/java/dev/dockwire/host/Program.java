package dev.dockwire.host;

/** What an executable file runs: blocking code against its {@link Process}. */
@FunctionalInterface
public interface Program {

  /**
   * Runs the program.
   *
   * @param self the process it runs as: arguments, environment, standard streams, host
   * @return the exit status, 0 to 255
   */
  int run(Process self);
}

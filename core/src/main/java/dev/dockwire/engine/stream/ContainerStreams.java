package dev.dockwire.engine.stream;

import dev.dockwire.host.Input;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a container's first process reads and writes: a terminal, a new one for each run, or streams
 * to which clients attach. All that is written goes into the log, too.
 */
public final class ContainerStreams {

  private final boolean withTerminal;
  private final boolean openStdin;
  private final ContainerLogs logs;
  private final ContainerInput input = new ContainerInput();
  private final ContainerOutput output;
  private final ContainerOutput errorOutput;
  private Optional<Tty> tty;

  /**
   * @param openStdin whether clients' input is read at all, where there is no terminal
   * @param epochNanos the wall-clock time, for the log
   * @param clientLost hears that what a client writes to is gone
   */
  public ContainerStreams(
      boolean withTerminal, boolean openStdin, LongSupplier epochNanos, Runnable clientLost) {
    this.withTerminal = withTerminal;
    this.openStdin = openStdin;
    this.logs = new ContainerLogs(epochNanos);
    this.output = new ContainerOutput(logs, ContainerLogs.Stream.OUT, clientLost);
    this.errorOutput = new ContainerOutput(logs, ContainerLogs.Stream.ERR, clientLost);
    this.tty = newTty();
  }

  /** The next run's terminal exists before it starts, so that clients can attach first. */
  private Optional<Tty> newTty() {
    if (!withTerminal) {
      return Optional.empty();
    }
    Tty made = new Tty();
    made.attach(
        (bytes, offset, length) -> logs.write(ContainerLogs.Stream.OUT, bytes, offset, length));
    return Optional.of(made);
  }

  /** A run has ended. */
  public void runEnded() {
    logs.finish();
    tty = newTty();
  }

  /** As the process gets them. */
  public Stdio stdio() {
    return tty.map(Stdio::of)
        .orElse(new Stdio(openStdin ? input : Input.NULL, output, errorOutput));
  }

  public void attach(Stdio client, boolean withInput) {
    output.attach(client.out());
    errorOutput.attach(client.err());
    if (withInput) {
      input.attach(client.in());
    }
  }

  public void detach(Stdio client) {
    output.detach(client.out());
    errorOutput.detach(client.err());
    input.detach(client.in());
  }

  public ContainerLogs logs() {
    return logs;
  }

  /** The terminal of this run or, between two, of the next one. */
  public Optional<Tty> tty() {
    return tty;
  }
}

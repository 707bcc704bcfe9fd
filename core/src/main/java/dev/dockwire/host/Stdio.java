package dev.dockwire.host;

/** The standard streams of a process. */
public record Stdio(Input in, Output out, Output err) {

  public static final Stdio NULL = new Stdio(Input.NULL, Output.NULL, Output.NULL);

  /** All three on one terminal. */
  public static Stdio of(Tty tty) {
    return new Stdio(tty, tty, tty);
  }

  public Stdio withIn(Input newIn) {
    return new Stdio(newIn, out, err);
  }

  public Stdio withOut(Output newOut) {
    return new Stdio(in, newOut, err);
  }

  public Stdio withErr(Output newErr) {
    return new Stdio(in, out, newErr);
  }

  void open() {
    in.open();
    out.open();
    err.open();
  }

  void close() {
    in.close();
    out.close();
    err.close();
  }
}

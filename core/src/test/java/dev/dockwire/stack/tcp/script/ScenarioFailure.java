package dev.dockwire.stack.tcp.script;

/** A scenario that did not go as written, or that cannot be read: says where and why. */
final class ScenarioFailure extends AssertionError {

  private static final long serialVersionUID = 1;

  ScenarioFailure(Script.Line line, String what, String trace) {
    super(
        line.file()
            + ":"
            + line.number()
            + ": "
            + what
            + "\n  in: "
            + line.text()
            + (trace.isEmpty() ? "" : "\nuntil then:\n" + trace));
  }
}

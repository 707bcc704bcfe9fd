package dev.dockwire.program.shell;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Tty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code sh}: takes commands from a terminal, from its standard input, from a file, or from its
 * arguments, and has the {@link Interpreter} run them line by line.
 */
public final class Shell implements Program {

  private static final String CONTINUATION_PROMPT = "> ";

  @Override
  public int run(Process self) {
    return new Session(self).run();
  }

  /** One run of the shell. */
  private static final class Session {

    private final Process self;
    private Interpreter interpreter;
    private Variables variables;
    private int line;
    private boolean interrupted;
    private boolean resized;
    private boolean running;

    Session(Process self) {
      this.self = self;
    }

    int run() {
      Invocation invocation;
      try {
        invocation = Invocation.of(self);
      } catch (ShellException refused) {
        self.printError(self.arguments().getFirst() + ": " + refused.getMessage() + "\n");
        return refused.status();
      }
      line = invocation.firstLine();
      variables = new Variables(self.environment());
      variables.positional(invocation.parameters());
      ShellState state =
          new ShellState(invocation.name(), invocation.numbersLines(), self.pid(), variables);
      state.exitOnError = invocation.exitOnError();
      state.trace = invocation.trace();
      initialize();
      interpreter = new Interpreter(self, state, invocation.interactive());
      return invocation.script().isPresent()
          ? runScript(invocation.script().get())
          : runLines(invocation.interactive());
    }

    private void initialize() {
      variables.set("IFS", Variables.DEFAULT_IFS);
      variables.set("SHLVL", Integer.toString(level() + 1));
      variables.export("SHLVL");
      variables.set("PWD", self.workingDirectory());
      variables.export("PWD");
      if (variables.get("PS1").isEmpty()) {
        variables.set("PS1", Prompt.defaultOf(self.arguments().getFirst()));
      }
    }

    private int level() {
      String text = variables.get("SHLVL").orElse("0");
      return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    }

    /** Runs a script that is there as a whole. */
    private int runScript(String script) {
      Lexer lexer = new Lexer(script, line);
      Parser parser = new Parser(lexer);
      try {
        for (Optional<Command> line = parser.parseLine();
            line.isPresent();
            line = parser.parseLine()) {
          interpreter.run(line.get(), lexer.isAtBlankRest());
        }
        return interpreter.state().status;
      } catch (SyntaxException | ShellException | Jump end) {
        line = lexer.line();
        return statusOf(end);
      }
    }

    /** Runs what is read from standard input, line by line. */
    private int runLines(boolean interactive) {
      if (interactive) {
        self.onSignal(Signal.INT, this::interrupt);
        self.onSignal(Signal.WINCH, () -> resized = true);
        self.onSignal(Signal.QUIT, () -> {});
        self.onSignal(Signal.TERM, () -> {});
        self.stdio().in().tty().ifPresent(tty -> tty.foreground(List.of(self)));
      }
      LineReader reader = new LineReader(self, self.stdio().in());
      String text = "";
      while (true) {
        if (interactive && text.isEmpty()) {
          interpreter.jobs().reportEnded();
        }
        Optional<String> line = interactive ? onTerminal(reader, text.isEmpty()) : plain(reader);
        if (interrupted) {
          interrupted = false;
          interpreter.state().status = Signal.INT.exitStatus();
          text = "";
          continue;
        }
        if (line.isEmpty()) {
          return atEnd(interactive, text);
        }
        text += line.get();
        if (endsInBackslash(text)) {
          continue;
        }
        try {
          runText(text);
          text = "";
        } catch (SyntaxException incomplete) {
          if (!incomplete.isIncomplete()) {
            text = "";
            int status = statusOf(incomplete);
            if (!interactive) {
              return status;
            }
          }
        } catch (Jump end) {
          text = "";
          int status = statusOf(end);
          if (end.kind() != Jump.Kind.INTERRUPT) {
            return status;
          }
          interrupted = false;
          self.printError("\n");
        } catch (ShellException failed) {
          text = "";
          int status = statusOf(failed);
          if (!interactive) {
            return status;
          }
        }
      }
    }

    /** What Ctrl-C does to a line, whether it is being typed or being run. */
    private void interrupt() {
      interrupted = true;
      if (running) {
        throw new Jump(Jump.Kind.INTERRUPT, Signal.INT.exitStatus());
      }
    }

    /**
     * Runs a line or several that belong together; nothing of them has run if they are not valid.
     */
    private void runText(String text) {
      Parser parser = new Parser(new Lexer(text, 1));
      List<Command> commands = new ArrayList<>();
      for (Optional<Command> line = parser.parseLine();
          line.isPresent();
          line = parser.parseLine()) {
        commands.add(line.get());
      }
      running = true;
      try {
        commands.forEach(command -> interpreter.run(command, false));
      } finally {
        running = false;
      }
    }

    private static Optional<String> plain(LineReader reader) {
      return reader.read() == LineReader.Outcome.END
          ? Optional.empty()
          : Optional.of(reader.take());
    }

    private Optional<String> onTerminal(LineReader reader, boolean first) {
      Optional<Tty> tty = self.stdio().in().tty();
      tty.ifPresent(terminal -> terminal.prompting(true));
      try {
        return prompted(reader, first);
      } finally {
        tty.ifPresent(terminal -> terminal.prompting(false));
      }
    }

    /** Prompts for a line; nothing at the end, or if it is interrupted. */
    private Optional<String> prompted(LineReader reader, boolean first) {
      String prompt =
          first
              ? Prompt.text(variables.get("PS1").orElse(Prompt.DEFAULT), self, variables)
              : CONTINUATION_PROMPT;
      resized = false;
      self.printError(prompt);
      while (!interrupted) {
        switch (reader.read()) {
          case LINE -> {
            return Optional.of(reader.take());
          }
          case END -> {
            return Optional.empty();
          }
          case DISTURBED -> {
            if (resized && !interrupted) {
              resized = false;
              self.printError("\r" + prompt + "\033[J");
            }
          }
        }
      }
      self.printError("\n");
      reader.take();
      return Optional.empty();
    }

    private int atEnd(boolean interactive, String text) {
      if (interactive) {
        self.printError("\n");
      } else if (!text.isEmpty()) {
        return runScript(text);
      }
      return interpreter.state().status;
    }

    private static boolean endsInBackslash(String text) {
      int backslashes = 0;
      for (int i = text.length() - 2; i >= 0 && text.charAt(i) == '\\'; i--) {
        backslashes++;
      }
      return text.endsWith("\n") && backslashes % 2 == 1;
    }

    /** Prints what a line ended with, and says what status that is. */
    private int statusOf(RuntimeException end) {
      interpreter.state().status =
          switch (end) {
            case Jump jump -> jump.value();
            case ShellException failed -> failed.status();
            default -> 2;
          };
      if (end instanceof SyntaxException) {
        interpreter.state().line = line;
        interpreter.complain(end.getMessage());
      } else if (end instanceof ShellException failed && !failed.isPrinted()) {
        interpreter.complain(failed.getMessage());
      }
      return interpreter.state().status;
    }
  }
}

package dev.dockwire.program.shell;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.program.applet.Echo;
import dev.dockwire.program.applet.Kill;
import dev.dockwire.program.applet.Printf;
import dev.dockwire.program.applet.Test;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The builtins by name; those for variables are {@link VariableBuiltins}. */
final class Builtins {

  private static final Map<String, Builtin> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put(":", Builtin.special((_, _) -> 0));
    BY_NAME.put("true", (_, _) -> 0);
    BY_NAME.put("false", (_, _) -> 1);
    BY_NAME.put(".", Builtin.special(Builtins::source));
    BY_NAME.put("break", Builtin.special((shell, words) -> jump(shell, words, Jump.Kind.BREAK)));
    BY_NAME.put(
        "continue", Builtin.special((shell, words) -> jump(shell, words, Jump.Kind.CONTINUE)));
    BY_NAME.put("return", Builtin.special(Builtins::returnFromFunction));
    BY_NAME.put("exit", Builtin.special(Builtins::exit));
    BY_NAME.put("eval", Builtin.special(Builtins::eval));
    BY_NAME.put("exec", Builtin.special(Builtins::exec));
    BY_NAME.put("export", Builtin.special(VariableBuiltins::export));
    BY_NAME.put("set", Builtin.special(VariableBuiltins::set));
    BY_NAME.put("shift", Builtin.special(VariableBuiltins::shift));
    BY_NAME.put("unset", Builtin.special(VariableBuiltins::unset));
    BY_NAME.put("cd", Builtins::changeDirectory);
    BY_NAME.put("pwd", Builtins::printDirectory);
    BY_NAME.put("echo", Builtins::echo);
    BY_NAME.put("printf", Builtins::printf);
    BY_NAME.put("test", (shell, words) -> test(shell, words.subList(1, words.size())));
    BY_NAME.put("[", Builtins::bracket);
    BY_NAME.put("read", VariableBuiltins::read);
    BY_NAME.put("type", Builtins::type);
    BY_NAME.put("command", Builtins::command);
    BY_NAME.put("jobs", Builtins::jobs);
    BY_NAME.put("wait", Builtins::waitForJobs);
    BY_NAME.put("kill", Builtins::kill);
  }

  private Builtins() {}

  static Optional<Builtin> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static int source(Interpreter shell, List<String> words) {
    if (words.size() < 2) {
      return 0;
    }
    String path = FileTree.resolve(shell.self().workingDirectory(), words.get(1));
    try {
      String script = new String(shell.self().host().files().read(path), StandardCharsets.UTF_8);
      return evaluate(shell, script);
    } catch (SystemCallException failed) {
      throw new ShellException("can't open '" + words.get(1) + "': " + failed.getMessage(), 2);
    }
  }

  private static int eval(Interpreter shell, List<String> words) {
    return evaluate(shell, String.join(" ", words.subList(1, words.size())));
  }

  private static int evaluate(Interpreter shell, String script) {
    Command command;
    try {
      command = new Parser(new Lexer(script, shell.state().line)).parseAll();
    } catch (SyntaxException invalid) {
      throw new ShellException(invalid.getMessage(), 2);
    }
    return shell.runNested(command);
  }

  private static int jump(Interpreter shell, List<String> words, Jump.Kind kind) {
    int loops = words.size() > 1 ? Builtin.number(words.get(1)) : 1;
    if (shell.isInLoop()) {
      throw new Jump(kind, Math.max(1, loops));
    }
    return 0;
  }

  private static int returnFromFunction(Interpreter shell, List<String> words) {
    throw new Jump(Jump.Kind.RETURN, statusArgument(shell, words));
  }

  private static int exit(Interpreter shell, List<String> words) {
    int status = statusArgument(shell, words);
    shell.self().exit(status);
    return status;
  }

  private static int statusArgument(Interpreter shell, List<String> words) {
    return words.size() > 1 ? Builtin.number(words.get(1)) : shell.state().status;
  }

  private static int exec(Interpreter shell, List<String> words) {
    if (words.size() == 1) {
      return 0;
    }
    List<String> arguments = words.subList(1, words.size());
    shell
        .self()
        .exec(
            shell.search().find(arguments.getFirst()),
            new ProcessSpec(
                arguments,
                shell.state().variables.environment(),
                shell.self().workingDirectory(),
                shell.stdio()));
    return 0;
  }

  private static int changeDirectory(Interpreter shell, List<String> words) {
    Variables variables = shell.state().variables;
    boolean back = words.size() > 1 && words.get(1).equals("-");
    String target =
        back
            ? variables.get("OLDPWD").orElse("")
            : words.size() > 1 ? words.get(1) : variables.get("HOME").orElse("");
    if (target.isEmpty()) {
      return 0;
    }
    String path = FileTree.resolve(shell.self().workingDirectory(), target);
    Optional<FileNode> node = shell.self().host().files().find(path);
    if (node.isEmpty() || !(node.get() instanceof FileNode.Directory)) {
      throw new ShellException(
          "can't cd to "
              + target
              + ": "
              + (node.isEmpty() ? "No such file or directory" : "Not a directory"),
          2);
    }
    variables.set("OLDPWD", shell.self().workingDirectory());
    variables.set("PWD", path);
    shell.self().workingDirectory(path);
    if (back) {
      shell.print(path + "\n");
    }
    return 0;
  }

  private static int printDirectory(Interpreter shell, List<String> words) {
    shell.print(shell.self().workingDirectory() + "\n");
    return 0;
  }

  private static int echo(Interpreter shell, List<String> words) {
    shell.print(Echo.text(words.subList(1, words.size())));
    return 0;
  }

  private static int printf(Interpreter shell, List<String> words) {
    if (words.size() == 1) {
      throw new ShellException("usage: printf FORMAT [ARG]...", 2);
    }
    Printf printf = new Printf(words.get(1), words.subList(2, words.size()));
    shell.print(printf.text());
    printf.complaints().forEach(complaint -> Builtin.complain(shell, complaint));
    return printf.complaints().isEmpty() ? 0 : 1;
  }

  private static int bracket(Interpreter shell, List<String> words) {
    if (!words.getLast().equals("]")) {
      Builtin.complain(shell, "missing ]");
      return 2;
    }
    return test(shell, words.subList(1, words.size() - 1));
  }

  private static int test(Interpreter shell, List<String> expression) {
    try {
      return new Test(shell.self(), expression).holds() ? 0 : 1;
    } catch (IllegalArgumentException invalid) {
      Builtin.complain(shell, invalid.getMessage());
      return 2;
    }
  }

  private static int type(Interpreter shell, List<String> words) {
    int status = 0;
    for (String name : words.subList(1, words.size())) {
      Optional<String> path = pathOf(shell, name);
      if (shell.state().functions.containsKey(name)) {
        shell.print(name + " is a function\n");
      } else if (BY_NAME.containsKey(name)) {
        shell.print(
            name
                + " is a "
                + (BY_NAME.get(name).isSpecial() ? "special " : "")
                + "shell builtin\n");
      } else if (path.isPresent()) {
        shell.print(name + " is " + path.get() + "\n");
      } else {
        shell.print(name + ": not found\n");
        status = 127;
      }
    }
    return status;
  }

  private static int command(Interpreter shell, List<String> words) {
    if (words.size() > 2 && words.get(1).equals("-v")) {
      String name = words.get(2);
      boolean own = BY_NAME.containsKey(name) || shell.state().functions.containsKey(name);
      Optional<String> path = own ? Optional.of(name) : pathOf(shell, name);
      path.ifPresent(found -> shell.print(found + "\n"));
      return path.isPresent() ? 0 : 127;
    }
    return words.size() > 1 ? shell.runWithoutFunctions(words.subList(1, words.size())) : 0;
  }

  private static Optional<String> pathOf(Interpreter shell, String name) {
    return shell.search().candidates(name).stream()
        .filter(path -> shell.self().host().files().find(path).isPresent())
        .findFirst();
  }

  private static int jobs(Interpreter shell, List<String> words) {
    shell.print(shell.jobs().list());
    return 0;
  }

  private static int waitForJobs(Interpreter shell, List<String> words) {
    if (words.size() == 1) {
      return shell.jobs().waitForAll();
    }
    int status = 0;
    for (String word : words.subList(1, words.size())) {
      int pid = shell.jobs().find(word).map(process -> process.pid()).orElse(-1);
      status = shell.jobs().waitFor(pid > 0 ? pid : Builtin.number(word));
    }
    return status;
  }

  private static int kill(Interpreter shell, List<String> words) {
    List<String> arguments = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      arguments.add(
          shell.jobs().find(word).map(process -> Integer.toString(process.pid())).orElse(word));
    }
    Kill kill = new Kill(shell.self().host(), arguments);
    shell.print(kill.output());
    kill.complaints().forEach(complaint -> Builtin.complain(shell, complaint));
    return kill.complaints().isEmpty() ? 0 : 1;
  }
}

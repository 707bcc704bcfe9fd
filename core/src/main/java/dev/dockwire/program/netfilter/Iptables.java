package dev.dockwire.program.netfilter;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.nat.Netfilter;
import dev.dockwire.nat.rule.RulePrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code iptables}: lists the rules with {@code -L} and {@code -S}, and changes them, as far as
 * {@link dev.dockwire.nat.rule.RuleSet} can. No -Z, -R, -C and -E, and only the matches and targets
 * that Docker uses.
 */
public final class Iptables implements Program {

  private static final String NAME = "iptables v1.8.9 (legacy): ";
  private static final String HINT =
      "Try `iptables -h' or 'iptables --help' for more information.\n";
  private static final int WRONG_USAGE = 2;

  @Override
  public int run(Process self) {
    Optional<Netfilter> netfilter = Netfilter.of(self.host().stack());
    if (netfilter.isEmpty()) {
      self.printError(
          NAME
              + "can't initialize iptables table `filter': Permission denied (you must be root)\n");
      return WRONG_USAGE + 1;
    }
    Line line = new Line();
    try {
      line.read(self.arguments().subList(1, self.arguments().size()));
      run(self, netfilter.get(), line);
      return 0;
    } catch (IllegalArgumentException e) {
      return complain(self, e.getMessage());
    }
  }

  /** What the kernel says ends with a full stop, what the program says does not. */
  private static int complain(Process self, String message) {
    if (message.endsWith(".")) {
      self.printError("iptables: " + message + "\n");
      return 1;
    }
    self.printError(NAME + message + "\n" + HINT);
    return WRONG_USAGE;
  }

  private static void run(Process self, Netfilter netfilter, Line line) {
    RulePrinter printer = new RulePrinter(netfilter.rules());
    switch (line.verb) {
      case "" -> throw new IllegalArgumentException("no command specified");
      case "-L" -> {
        var style = new RulePrinter.Style(line.numeric, line.verbose, line.numbered, line.exact);
        self.print(printer.list(line.table, line.chain, style));
      }
      case "-S" -> self.print(printer.commands(line.table, line.chain));
      default -> {
        List<String> command = new ArrayList<>(List.of("-t", line.table, line.verb));
        command.add(
            line.chain.orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "option \"" + line.verb + "\" requires an argument")));
        command.addAll(line.rest);
        netfilter.rules().apply(command);
      }
    }
  }

  /** A command line, taken apart. */
  private static final class Line {
    String table = "filter";
    String verb = "";
    Optional<String> chain = Optional.empty();
    final List<String> rest = new ArrayList<>();
    boolean numeric;
    boolean verbose;
    boolean numbered;
    boolean exact;

    void read(List<String> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        switch (argument) {
          case "-t", "--table" -> {
            if (++i == arguments.size()) {
              throw new IllegalArgumentException(
                  "option \"" + argument + "\" requires an argument");
            }
            table = arguments.get(i);
          }
          case "--line-numbers", "--line-number" -> numbered = true;
          case "--numeric" -> numeric = true;
          case "--verbose" -> verbose = true;
          case "--exact" -> exact = true;
          case "-A", "-I", "-D", "-N", "-P", "-F", "-X" -> verb = argument;
          case "--list" -> verb = "-L";
          case "--list-rules" -> verb = "-S";
          default -> {
            if (argument.matches("-[nvxLSw]+")) {
              readLetters(argument);
            } else if (chain.isEmpty() && !verb.isEmpty() && !argument.startsWith("-")) {
              chain = Optional.of(argument);
            } else {
              rest.add(argument);
            }
          }
        }
      }
      if ((verb.equals("-L") || verb.equals("-S")) && !rest.isEmpty()) {
        throw new IllegalArgumentException("unknown option \"" + rest.getFirst() + "\"");
      }
    }

    private void readLetters(String letters) {
      numeric |= letters.indexOf('n') > 0;
      verbose |= letters.indexOf('v') > 0;
      exact |= letters.indexOf('x') > 0;
      if (letters.indexOf('L') > 0) {
        verb = "-L";
      } else if (letters.indexOf('S') > 0) {
        verb = "-S";
      }
    }
  }
}

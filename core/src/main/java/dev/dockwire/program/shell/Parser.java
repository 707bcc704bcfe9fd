package dev.dockwire.program.shell;

import dev.dockwire.program.shell.Command.And;
import dev.dockwire.program.shell.Command.Assignment;
import dev.dockwire.program.shell.Command.Background;
import dev.dockwire.program.shell.Command.Case;
import dev.dockwire.program.shell.Command.For;
import dev.dockwire.program.shell.Command.Function;
import dev.dockwire.program.shell.Command.If;
import dev.dockwire.program.shell.Command.Or;
import dev.dockwire.program.shell.Command.Pipeline;
import dev.dockwire.program.shell.Command.Redirected;
import dev.dockwire.program.shell.Command.Redirection;
import dev.dockwire.program.shell.Command.Sequence;
import dev.dockwire.program.shell.Command.Simple;
import dev.dockwire.program.shell.Command.Subshell;
import dev.dockwire.program.shell.Command.While;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A recursive-descent parser of the shell's grammar (POSIX.1, Shell Command Language, 2.10). */
final class Parser {

  private static final Set<String> CLOSING_KEYWORDS =
      Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");
  private static final Set<String> REDIRECTIONS = Set.of("<", ">", ">>", ">|", "<&", ">&", "&>");

  private final Lexer lexer;
  private Token token;
  private int tokenStart;

  Parser(Lexer lexer) {
    this.lexer = lexer;
  }

  Command parseAll() {
    Command script = list();
    if (!(peek() instanceof Token.End)) {
      throw unexpected(Optional.empty());
    }
    return script;
  }

  /**
   * Parses one complete command with the end of its line.
   *
   * @return nothing at the end of the script
   */
  Optional<Command> parseLine() {
    while (peek() instanceof Token.Newline) {
      advance();
    }
    if (peek() instanceof Token.End) {
      return Optional.empty();
    }
    List<Command> commands = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = addCommand(commands) && startsCommand();
    }
    if (!(peek() instanceof Token.Newline || peek() instanceof Token.End)) {
      throw unexpected(Optional.empty());
    }
    // The newline is left: the line it ends may have to run before what follows is looked at.
    return Optional.of(sequence(commands));
  }

  /** Parses the inside of a command substitution and its closing parenthesis. */
  Command parseSubstitution() {
    Command script = list();
    if (!peek().isOperator(")")) {
      throw unexpected(Optional.of(")"));
    }
    return script;
  }

  private Command list() {
    List<Command> commands = new ArrayList<>();
    skipNewlines();
    boolean more = startsCommand();
    while (more) {
      more = addCommand(commands) || peek() instanceof Token.Newline;
      skipNewlines();
      more &= startsCommand();
    }
    return sequence(commands);
  }

  private static Command sequence(List<Command> commands) {
    return commands.size() == 1 ? commands.getFirst() : new Sequence(List.copyOf(commands));
  }

  private boolean startsCommand() {
    return switch (peek()) {
      case Token.End _, Token.Newline _ -> false;
      case Token.IoNumber _ -> true;
      case Token.Operator(String text) -> text.equals("(") || REDIRECTIONS.contains(text);
      case Token.WordToken word -> word.plain().filter(CLOSING_KEYWORDS::contains).isEmpty();
    };
  }

  /** Adds a command; returns whether a {@code ;} or {@code &} follows it. */
  private boolean addCommand(List<Command> commands) {
    int start = tokenStart;
    Command command = andOr();
    boolean background = peek().isOperator("&");
    commands.add(background ? new Background(command, lexer.text(start, tokenStart)) : command);
    if (!background && !peek().isOperator(";")) {
      return false;
    }
    advance();
    return true;
  }

  private Command andOr() {
    Command left = pipeline();
    while (peek().isOperator("&&") || peek().isOperator("||")) {
      boolean and = peek().isOperator("&&");
      advance();
      skipNewlines();
      Command right = pipeline();
      left = and ? new And(left, right) : new Or(left, right);
    }
    return left;
  }

  private Command pipeline() {
    boolean negated = false;
    while (peek().isKeyword("!")) {
      advance();
      negated = !negated;
    }
    List<Command> stages = new ArrayList<>();
    stages.add(command());
    while (peek().isOperator("|")) {
      advance();
      skipNewlines();
      stages.add(command());
    }
    return stages.size() == 1 && !negated
        ? stages.getFirst()
        : new Pipeline(List.copyOf(stages), negated);
  }

  private Command command() {
    if (!startsCommand()) {
      throw unexpected(Optional.empty());
    }
    lexer.enter();
    Optional<Command> compound = compound();
    Command command = compound.isPresent() ? redirected(compound.get()) : simple();
    lexer.leave();
    return command;
  }

  private Optional<Command> compound() {
    if (peek().isOperator("(")) {
      advance();
      Command body = requiredList(")");
      expectOperator(")");
      return Optional.of(new Subshell(body));
    }
    return switch (peek().plain().orElse("")) {
      case "{" -> {
        advance();
        Command body = requiredList("}");
        expectKeyword("}");
        yield Optional.of(body);
      }
      case "if" -> Optional.of(ifCommand());
      case "while" -> Optional.of(whileCommand(false));
      case "until" -> Optional.of(whileCommand(true));
      case "for" -> Optional.of(forCommand());
      case "case" -> Optional.of(caseCommand());
      default -> Optional.empty();
    };
  }

  private Command ifCommand() {
    advance();
    Command condition = requiredList("then");
    expectKeyword("then");
    Command then = requiredList("fi");
    Command otherwise = Sequence.EMPTY;
    if (peek().isKeyword("elif")) {
      // It takes the rest, its "fi" included.
      return new If(condition, then, ifCommand());
    }
    if (peek().isKeyword("else")) {
      advance();
      otherwise = requiredList("fi");
    }
    expectKeyword("fi");
    return new If(condition, then, otherwise);
  }

  private Command whileCommand(boolean until) {
    advance();
    Command condition = requiredList("do");
    expectKeyword("do");
    Command body = requiredList("done");
    expectKeyword("done");
    return new While(condition, body, until);
  }

  private Command forCommand() {
    advance();
    Optional<String> name = peek().plain().filter(Variables::isName);
    if (name.isEmpty()) {
      throw peek() instanceof Token.End
          ? unexpected(Optional.empty())
          : SyntaxException.of("bad for loop variable");
    }
    advance();
    skipNewlines();
    Optional<List<Word>> words = Optional.empty();
    if (peek().isKeyword("in")) {
      advance();
      words = Optional.of(words());
      if (!(peek() instanceof Token.Newline) && !peek().isOperator(";")) {
        throw unexpected(Optional.empty());
      }
      advance();
    } else if (peek().isOperator(";")) {
      advance();
    }
    skipNewlines();
    expectKeyword("do");
    Command body = requiredList("done");
    expectKeyword("done");
    return new For(name.get(), words, body);
  }

  private List<Word> words() {
    List<Word> words = new ArrayList<>();
    while (peek() instanceof Token.WordToken(Word word)) {
      words.add(word);
      advance();
    }
    return List.copyOf(words);
  }

  private Command caseCommand() {
    advance();
    Word subject = expectWord();
    skipNewlines();
    expectKeyword("in");
    skipNewlines();
    List<Case.Clause> clauses = new ArrayList<>();
    while (!peek().isKeyword("esac")) {
      clauses.add(clause());
      skipNewlines();
    }
    advance();
    return new Case(subject, List.copyOf(clauses));
  }

  private Case.Clause clause() {
    if (peek().isOperator("(")) {
      advance();
    }
    if (peek() instanceof Token.End) {
      throw unexpected(Optional.of(")"));
    }
    List<Word> patterns = new ArrayList<>();
    patterns.add(expectWord());
    while (peek().isOperator("|")) {
      advance();
      patterns.add(expectWord());
    }
    expectOperator(")");
    Command body = list();
    if (peek().isOperator(";;")) {
      advance();
    } else if (!peek().isKeyword("esac")) {
      throw unexpected(Optional.of(";;"));
    }
    return new Case.Clause(List.copyOf(patterns), body);
  }

  /** A list that may not be empty; {@code closing} is what ends it. */
  private Command requiredList(String closing) {
    skipNewlines();
    if (!startsCommand()) {
      throw unexpected(peek() instanceof Token.End ? Optional.of(closing) : Optional.empty());
    }
    return list();
  }

  private Command redirected(Command command) {
    List<Redirection> redirections = new ArrayList<>();
    while (addRedirection(redirections)) {
      // One after the other.
    }
    return redirections.isEmpty() ? command : new Redirected(command, List.copyOf(redirections));
  }

  private Command simple() {
    List<Assignment> assignments = new ArrayList<>(0);
    List<Word> words = new ArrayList<>(2);
    List<Redirection> redirections = new ArrayList<>(0);
    int line = lexer.line();
    while (true) {
      if (peek() instanceof Token.WordToken(Word word)) {
        advance();
        Optional<Assignment> assignment = words.isEmpty() ? word.assignment() : Optional.empty();
        assignment.ifPresentOrElse(assignments::add, () -> words.add(word));
        if (isFunctionHead(words, assignments, redirections)) {
          return function(words.getFirst());
        }
      } else if (!addRedirection(redirections)) {
        break;
      }
    }
    return new Simple(
        List.copyOf(assignments), List.copyOf(words), List.copyOf(redirections), line);
  }

  private boolean isFunctionHead(
      List<Word> words, List<Assignment> assignments, List<Redirection> redirections) {
    return words.size() == 1
        && assignments.isEmpty()
        && redirections.isEmpty()
        && words.getFirst().plain().filter(Variables::isName).isPresent()
        && peek().isOperator("(");
  }

  private Command function(Word name) {
    expectOperator("(");
    expectOperator(")");
    skipNewlines();
    return new Function(name.plain().orElseThrow(), command());
  }

  private boolean addRedirection(List<Redirection> redirections) {
    Optional<Integer> descriptor = Optional.empty();
    if (peek() instanceof Token.IoNumber(int number)) {
      descriptor = Optional.of(number);
      advance();
    }
    if (!(peek() instanceof Token.Operator(String operator)) || !REDIRECTIONS.contains(operator)) {
      return false;
    }
    advance();
    Word target = expectWord();
    if (operator.equals("&>")) {
      redirections.add(new Redirection(1, ">", target));
      redirections.add(new Redirection(2, ">&", new Word(List.of(new Word.Part.Text("1", true)))));
      return true;
    }
    int standard = operator.startsWith("<") ? 0 : 1;
    redirections.add(
        new Redirection(
            descriptor.orElse(standard), operator.equals(">|") ? ">" : operator, target));
    return true;
  }

  private Word expectWord() {
    if (!(peek() instanceof Token.WordToken(Word word))) {
      throw unexpected(Optional.empty());
    }
    advance();
    return word;
  }

  private void expectKeyword(String keyword) {
    if (!peek().isKeyword(keyword)) {
      throw unexpected(Optional.of(keyword));
    }
    advance();
  }

  private void expectOperator(String operator) {
    if (!peek().isOperator(operator)) {
      throw unexpected(Optional.of(operator));
    }
    advance();
  }

  private SyntaxException unexpected(Optional<String> expected) {
    String message =
        "unexpected "
            + peek().shown()
            + expected.map(what -> " (expecting \"" + what + "\")").orElse("");
    return peek() instanceof Token.End
        ? SyntaxException.incomplete(message)
        : SyntaxException.of(message);
  }

  private void skipNewlines() {
    while (peek() instanceof Token.Newline) {
      advance();
    }
  }

  private Token peek() {
    if (token == null) {
      tokenStart = lexer.position();
      token = lexer.next();
    }
    return token;
  }

  private void advance() {
    token = null;
  }
}

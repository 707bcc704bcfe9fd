package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Node.Operand;
import dev.dockwire.tools.template.Node.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One execution of a template: walks the statements, with dot as an argument and the variables on a
 * stack, and writes. An error names the operand looked at last, as Go's does.
 *
 * <p>Limits: {@value #LONGEST_OUTPUT} characters of output.
 */
final class Evaluator {

  private static final int LONGEST_OUTPUT = 1 << 26;

  /** How a statement was left. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final String text;
  private final Map<String, Function> functions;
  private final MissingKey missingKey;
  private final Variables variables = new Variables();
  private final StringBuilder out;
  private Node at;

  Evaluator(
      String text, Map<String, Function> functions, MissingKey missingKey, StringBuilder out) {
    this.text = text;
    this.functions = functions;
    this.missingKey = missingKey;
    this.out = out;
  }

  void execute(List<Statement> statements, Value data) {
    variables.declare("$", data);
    walk(statements, data);
  }

  private Flow walk(List<Statement> statements, Value dot) {
    for (Statement statement : statements) {
      at = statement;
      Flow flow =
          switch (statement) {
            case Node.Text plain -> write(plain.text());
            case Node.Action action -> action(action.pipeline(), dot);
            case Node.If branch ->
                branch(branch.pipeline(), branch.body(), branch.otherwise(), false, dot);
            case Node.With branch ->
                branch(branch.pipeline(), branch.body(), branch.otherwise(), true, dot);
            case Node.Range range -> range(range, dot);
            case Node.Break _ -> Flow.BREAK;
            case Node.Continue _ -> Flow.CONTINUE;
          };
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow write(String output) {
    if (out.length() + output.length() > LONGEST_OUTPUT) {
      throw error("output longer than " + LONGEST_OUTPUT + " characters");
    }
    out.append(output);
    return Flow.ON;
  }

  private Flow action(Node.Pipeline pipeline, Value dot) {
    Value value = pipeline(pipeline, dot);
    return pipeline.declared().isEmpty() ? write(GoFormat.print(value)) : Flow.ON;
  }

  private Flow branch(
      Node.Pipeline pipeline,
      List<Statement> body,
      List<Statement> otherwise,
      boolean movesDot,
      Value dot) {
    int mark = variables.mark();
    Value value = pipeline(pipeline, dot);
    boolean taken = value.unboxed().isTrue();
    Flow flow = walk(taken ? body : otherwise, taken && movesDot ? value : dot);
    variables.release(mark);
    return flow;
  }

  private Flow range(Node.Range range, Value dot) {
    int mark = variables.mark();
    Value subject = pipeline(range.pipeline(), dot).unboxed();
    boolean any;
    if (subject.isInteger()) {
      any = count(range, subject);
    } else if (subject.isNone() || subject.isMap() || subject.isList()) {
      any = each(range, subject);
    } else {
      throw error("range can't iterate over " + GoFormat.print(subject));
    }
    Flow flow = any ? Flow.ON : walk(range.otherwise(), dot);
    variables.release(mark);
    return flow;
  }

  private boolean count(Node.Range range, Value limit) {
    if (range.pipeline().declared().size() > 1) {
      throw error("can't use " + limit.data() + " to iterate over more than one variable");
    }
    for (long i = 0; i < limit.integer(); i++) {
      if (iterate(range, Value.NONE, Value.of(i)) == Flow.BREAK) {
        break;
      }
    }
    return limit.integer() > 0;
  }

  private boolean each(Node.Range range, Value subject) {
    List<Value> elements = subject.elements();
    List<String> keys = List.copyOf(subject.entries().keySet());
    for (int i = 0; i < elements.size(); i++) {
      Value index = keys.isEmpty() ? Value.of(i) : Value.of(keys.get(i));
      if (iterate(range, index, elements.get(i)) == Flow.BREAK) {
        break;
      }
    }
    return !elements.isEmpty();
  }

  private Flow iterate(Node.Range range, Value index, Value element) {
    int mark = variables.mark();
    List<Node.Variable> declared = range.pipeline().declared();
    if (!declared.isEmpty()) {
      set(declared.getLast().names().getFirst(), element);
    }
    if (declared.size() > 1) {
      set(declared.getFirst().names().getFirst(), index);
    }
    Flow flow = walk(range.body(), element);
    variables.release(mark);
    return flow;
  }

  private void set(String name, Value value) {
    if (!variables.assign(name, value)) {
      throw error("undefined variable: " + name);
    }
  }

  private Value pipeline(Node.Pipeline pipeline, Value dot) {
    at = pipeline;
    Value value = null;
    for (Node.Command command : pipeline.commands()) {
      value = command(command, dot, value).unboxed();
    }
    for (Node.Variable variable : pipeline.declared()) {
      String name = variable.names().getFirst();
      if (pipeline.assigns()) {
        set(name, value);
      } else {
        variables.declare(name, value);
      }
    }
    return value;
  }

  /** Piped is the value of the command before, null when there is none. */
  private Value command(Node.Command command, Value dot, Value piped) {
    Operand first = command.words().getFirst();
    List<Operand> arguments = command.words().subList(1, command.words().size());
    if (first instanceof Node.Identifier name) {
      return call(name, command, arguments, dot, piped);
    }
    boolean hasArguments = !arguments.isEmpty() || piped != null;
    switch (first) {
      case Node.Field field:
        at = field;
        return fields(dot, field.names(), arguments, dot, piped);
      case Node.Chain chain:
        at = chain;
        return fields(operand(chain.base(), dot), chain.names(), arguments, dot, piped);
      case Node.Variable variable
      when variable.names().size() > 1:
        at = variable;
        List<String> names = variable.names();
        return fields(
            variables.get(names.getFirst()), names.subList(1, names.size()), arguments, dot, piped);
      case Node.Pipeline _:
        break;
      default:
        at = first;
    }
    if (hasArguments) {
      throw error("can't give argument to non-function " + first.source());
    }
    if (first instanceof Node.Nil) {
      throw error("nil is not a command");
    }
    return operand(first, dot);
  }

  /** The value of an operand where any value serves. */
  private Value operand(Operand operand, Value dot) {
    at = operand;
    return switch (operand) {
      case Node.Dot _ -> dot;
      case Node.Pipeline inner -> pipeline(inner, dot);
      case Node.Command command -> command(command, dot, null);
      case Node.Identifier _, Node.Field _, Node.Chain _ ->
          command(new Node.Command(operand.position(), List.of(operand)), dot, null);
      case Node.Variable variable when variable.names().size() == 1 ->
          variables.get(variable.names().getFirst());
      case Node.Variable variable ->
          command(new Node.Command(variable.position(), List.of(variable)), dot, null);
      case Node.Constant _, Node.Nil _ -> located(() -> Parameter.VALUE.constant(operand));
    };
  }

  private Value argument(Parameter parameter, Operand operand, Value dot) {
    at = operand;
    if (operand instanceof Node.Constant || operand instanceof Node.Nil) {
      return located(() -> parameter.constant(operand));
    }
    Value value = operand(operand, dot);
    return located(() -> parameter.convert(value));
  }

  private Value fields(
      Value base, List<String> names, List<Operand> arguments, Value dot, Value piped) {
    Value value = base;
    for (String name : names.subList(0, names.size() - 1)) {
      value = field(value, name, List.of(), dot, null);
    }
    return field(value, names.getLast(), arguments, dot, piped);
  }

  private Value field(Value base, String name, List<Operand> arguments, Value dot, Value piped) {
    boolean hasArguments = !arguments.isEmpty() || piped != null;
    if (base.isNone()) {
      if (missingKey == MissingKey.ERROR) {
        throw error("nil data; no entry for key " + GoText.quote(name));
      }
      return Value.NONE;
    }
    if (base.isNilPointer()) {
      throw error("nil pointer evaluating " + base.type() + "." + name);
    }
    Value inside = base.unboxed();
    if (inside.data() instanceof GoStruct struct && struct.fields().containsKey(name)) {
      Object field = struct.fields().get(name);
      if (field instanceof GoMethod method) {
        Node node = at;
        Function function =
            Function.of(a -> Value.ofField(method.call(a.getFirst().string())), Parameter.STRING);
        return call(function, name, node, arguments, dot, piped);
      }
      if (hasArguments) {
        throw error(name + " has arguments but cannot be invoked as function");
      }
      return Value.ofField(field);
    }
    if (!inside.isMap()) {
      throw error("can't evaluate field " + name + " in type " + base.type());
    }
    if (hasArguments) {
      throw error(name + " is not a method but has arguments");
    }
    Value entry = inside.entry(name);
    if (entry.isNone() && missingKey == MissingKey.ERROR) {
      throw error("map has no entry for key " + GoText.quote(name));
    }
    return entry;
  }

  private Value call(
      Node.Identifier name, Node.Command command, List<Operand> words, Value dot, Value piped) {
    at = name;
    return call(functions.get(name.name()), name.name(), command, words, dot, piped);
  }

  private Value call(
      Function function, String name, Node node, List<Operand> words, Value dot, Value piped) {
    String complaint = function.arityComplaint(name, words.size() + (piped == null ? 0 : 1));
    if (complaint != null) {
      throw error(complaint);
    }
    boolean or = name.equals("or");
    boolean stopsEarly = or || name.equals("and");
    List<Value> arguments = new ArrayList<>();
    for (Operand word : words) {
      Value argument = argument(function.parameter(arguments.size()), word, dot);
      arguments.add(argument);
      if (stopsEarly && argument.unboxed().isTrue() == or) {
        return argument;
      }
    }
    if (piped != null) {
      Parameter last = function.parameter(arguments.size());
      arguments.add(located(() -> last.convert(piped)));
    }
    try {
      return function.body().call(arguments);
    } catch (TemplateException e) {
      at = node;
      throw error("error calling " + name + ": " + e.getMessage());
    }
  }

  private Value located(Supplier<Value> conversion) {
    try {
      return conversion.get();
    } catch (TemplateException e) {
      throw error(e.getMessage());
    }
  }

  private TemplateException error(String message) {
    String before = text.substring(0, at.position());
    int lineStart = before.lastIndexOf('\n') + 1;
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = GoText.byteLength(before.substring(lineStart));
    String source = at instanceof Operand operand ? operand.source() : "";
    return new TemplateException(
        "template: :" + line + ":" + column + ": executing \"\" at <" + source + ">: " + message);
  }
}

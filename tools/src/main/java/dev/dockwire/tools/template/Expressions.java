package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Node.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The values of pipelines, commands and operands during one execution. Owns the variables, and
 * remembers the node looked at last, which every error names, as Go's does.
 *
 * <p>Limits: {@link #MOST_WORK}. Go goes on as long as it takes, but in a process of the user's
 * own; here it is a thread that others wait for.
 */
final class Expressions {

  /** What one execution may do, in characters that are written or read: a fraction of a second. */
  private static final long MOST_WORK = 1 << 26;

  private static final int NODE_WORK = 64;
  private static final int CALL_WORK = 256;

  private final String text;
  private final Map<String, Function> functions;
  private final MissingKey missingKey;
  private final Variables variables = new Variables();
  private Node at;
  private long work;

  Expressions(String text, Map<String, Function> functions, MissingKey missingKey) {
    this.text = text;
    this.functions = functions;
    this.missingKey = missingKey;
  }

  Variables variables() {
    return variables;
  }

  void lookAt(Node node) {
    at = node;
    spend(NODE_WORK);
  }

  /** Counts characters that are written or read. */
  void spend(long characters) {
    work += characters;
    if (work > MOST_WORK) {
      throw error("exceeded maximum work of a template");
    }
  }

  /** The value of a pipeline, which its variables then have. */
  Value pipeline(Node.Pipeline pipeline, Value dot) {
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

  void set(String name, Value value) {
    if (!variables.assign(name, value)) {
      throw error("undefined variable: " + name);
    }
  }

  /** Piped is the value of the command before, null when there is none. */
  private Value command(Node.Command command, Value dot, Value piped) {
    spend(NODE_WORK);
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
      spend(value.weight());
    }
    Value last = field(value, names.getLast(), arguments, dot, piped);
    spend(last.weight());
    return last;
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
      spend(NODE_WORK + argument.weight());
      if (stopsEarly && argument.unboxed().isTrue() == or) {
        return argument;
      }
    }
    if (piped != null) {
      Parameter last = function.parameter(arguments.size());
      arguments.add(located(() -> last.convert(piped)));
    }
    spend(CALL_WORK);
    try {
      Value result = function.body().call(arguments);
      spend(result.weight());
      return result;
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

  TemplateException error(String message) {
    String before = text.substring(0, at.position());
    int lineStart = before.lastIndexOf('\n') + 1;
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = GoText.byteLength(before.substring(lineStart));
    String source = at instanceof Operand operand ? operand.source() : "";
    return new TemplateException(
        "template: :" + line + ":" + column + ": executing \"\" at <" + source + ">: " + message);
  }
}

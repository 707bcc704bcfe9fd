package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Node.Statement;
import java.util.List;

/**
 * One execution of a template: walks the statements, with dot as an argument, and writes. What they
 * are made of, and how much may be done, is the business of {@link Expressions}.
 */
final class Evaluator {

  /** How a statement was left. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final Expressions expressions;
  private final Variables variables;
  private final StringBuilder out;

  /** Writes to out, where also a failed execution leaves what it had written. */
  Evaluator(Expressions expressions, StringBuilder out) {
    this.expressions = expressions;
    this.variables = expressions.variables();
    this.out = out;
  }

  void execute(List<Statement> statements, Value data) {
    variables.declare("$", data);
    walk(statements, data);
  }

  private Flow walk(List<Statement> statements, Value dot) {
    for (Statement statement : statements) {
      expressions.lookAt(statement);
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
    expressions.spend(output.length());
    out.append(output);
    return Flow.ON;
  }

  private Flow action(Node.Pipeline pipeline, Value dot) {
    Value value = expressions.pipeline(pipeline, dot);
    return pipeline.declared().isEmpty() ? write(GoFormat.print(value)) : Flow.ON;
  }

  private Flow branch(
      Node.Pipeline pipeline,
      List<Statement> body,
      List<Statement> otherwise,
      boolean movesDot,
      Value dot) {
    int mark = variables.mark();
    Value value = expressions.pipeline(pipeline, dot);
    boolean taken = value.unboxed().isTrue();
    Flow flow = walk(taken ? body : otherwise, taken && movesDot ? value : dot);
    variables.release(mark);
    return flow;
  }

  private Flow range(Node.Range range, Value dot) {
    int mark = variables.mark();
    Value subject = expressions.pipeline(range.pipeline(), dot).unboxed();
    boolean any;
    if (subject.isInteger()) {
      any = count(range, subject);
    } else if (subject.isNone() || subject.isMap() || subject.isList()) {
      any = each(range, subject);
    } else {
      throw expressions.error("range can't iterate over " + GoFormat.print(subject));
    }
    Flow flow = any ? Flow.ON : walk(range.otherwise(), dot);
    variables.release(mark);
    return flow;
  }

  private boolean count(Node.Range range, Value limit) {
    if (range.pipeline().declared().size() > 1) {
      throw expressions.error(
          "can't use " + limit.data() + " to iterate over more than one variable");
    }
    for (long i = 0; i < limit.integer(); i++) {
      expressions.lookAt(range);
      if (iterate(range, Value.NONE, Value.of(i)) == Flow.BREAK) {
        break;
      }
    }
    return limit.integer() > 0;
  }

  private boolean each(Node.Range range, Value subject) {
    expressions.spend(subject.weight());
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
      expressions.set(declared.getLast().names().getFirst(), element);
    }
    if (declared.size() > 1) {
      expressions.set(declared.getFirst().names().getFirst(), index);
    }
    Flow flow = walk(range.body(), element);
    variables.release(mark);
    return flow;
  }
}

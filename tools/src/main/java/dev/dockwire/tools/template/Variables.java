package dev.dockwire.tools.template;

import java.util.ArrayList;
import java.util.List;

/** The variables in scope, innermost last; a block releases what it declared. */
final class Variables {

  private static final class Variable {
    private final String name;
    private Value value;

    Variable(String name, Value value) {
      this.name = name;
      this.value = value;
    }
  }

  private final List<Variable> stack = new ArrayList<>();

  int mark() {
    return stack.size();
  }

  void release(int mark) {
    stack.subList(mark, stack.size()).clear();
  }

  void declare(String name, Value value) {
    stack.add(new Variable(name, value));
  }

  /** Sets the innermost variable of the name; whether there is one. */
  boolean assign(String name, Value value) {
    Variable variable = find(name);
    if (variable != null) {
      variable.value = value;
    }
    return variable != null;
  }

  /** The parser has seen the variable declared, so there is a value; or nothing was assigned. */
  Value get(String name) {
    Variable variable = find(name);
    return variable == null ? Value.NONE : variable.value;
  }

  private Variable find(String name) {
    for (Variable variable : stack.reversed()) {
      if (variable.name.equals(name)) {
        return variable;
      }
    }
    return null;
  }
}

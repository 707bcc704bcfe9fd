package dev.dockwire.tools.template;

import java.util.List;

/**
 * A function that templates call: what it takes, and its body. The last parameter of a variadic one
 * takes any number of arguments. A body throws a {@link TemplateException} with the bare reason.
 */
record Function(List<Parameter> parameters, boolean variadic, Body body) {

  interface Body {
    Value call(List<Value> arguments);
  }

  static Function of(Body body, Parameter... parameters) {
    return new Function(List.of(parameters), false, body);
  }

  static Function variadic(Body body, Parameter... parameters) {
    return new Function(List.of(parameters), true, body);
  }

  Parameter parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  /** The complaint about that many arguments, or null when it can be called with them. */
  String arityComplaint(String name, int arguments) {
    int fixed = parameters.size() - (variadic ? 1 : 0);
    if (arguments == fixed || variadic && arguments > fixed) {
      return null;
    }
    String want = (variadic ? "at least " : "") + fixed;
    return "wrong number of args for " + name + ": want " + want + " got " + arguments;
  }
}

package dev.dockwire.tools.template;

import static dev.dockwire.tools.template.Parameter.ANY;
import static dev.dockwire.tools.template.Parameter.INT;
import static dev.dockwire.tools.template.Parameter.STRING;
import static dev.dockwire.tools.template.Parameter.STRINGS;
import static dev.dockwire.tools.template.Parameter.VALUE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions by name: text/template's own and the eight that docker adds. {@link #HEADER} is the
 * set for the heading of a table, where docker's functions leave the column's title alone.
 *
 * <p>Limits: no {@code call}, as no value here is a function.
 */
final class Functions {

  /** Where a missing argument stands beside others, the text it is printed as. */
  private static final Value NO_VALUE = Value.of("<no value>");

  static final Map<String, Function> DOCKER = docker();
  static final Map<String, Function> HEADER = header();

  private Functions() {}

  private static Map<String, Function> docker() {
    Map<String, Function> all = new HashMap<>();
    // The evaluator calls these two by itself, to stop at the first argument that decides.
    all.put("and", Function.variadic(List::getLast, VALUE, VALUE));
    all.put("or", Function.variadic(List::getLast, VALUE, VALUE));
    all.put("not", Function.of(a -> Value.of(!a.getFirst().isTrue()), VALUE));

    all.put("eq", Function.variadic(Comparison::equal, VALUE, VALUE));
    all.put("ne", Function.of(Comparison::notEqual, VALUE, VALUE));
    all.put("lt", Function.of(Comparison::less, VALUE, VALUE));
    all.put("le", Function.of(Comparison::lessOrEqual, VALUE, VALUE));
    all.put("gt", Function.of(Comparison::greater, VALUE, VALUE));
    all.put("ge", Function.of(Comparison::greaterOrEqual, VALUE, VALUE));

    all.put("len", Function.of(Indexing::length, VALUE));
    all.put("index", Function.variadic(Indexing::index, VALUE, VALUE));
    all.put("slice", Function.variadic(Indexing::slice, VALUE, VALUE));

    all.put("print", Function.variadic(a -> Value.of(GoFormat.sprint(a)), ANY));
    all.put("println", Function.variadic(a -> Value.of(GoFormat.sprintln(a)), ANY));
    all.put("printf", Function.variadic(Functions::printf, STRING, ANY));
    all.put("html", Function.variadic(a -> Value.of(Escapes.html(plain(a))), ANY));
    all.put("js", Function.variadic(a -> Value.of(Escapes.javaScript(plain(a))), ANY));
    all.put("urlquery", Function.variadic(a -> Value.of(Escapes.urlQuery(plain(a))), ANY));

    all.put("json", Function.of(a -> Value.of(GoJson.encode(a.getFirst())), ANY));
    all.put("split", Function.of(StringFunctions::split, STRING, STRING));
    all.put("join", Function.of(StringFunctions::join, STRINGS, STRING));
    all.put("title", Function.of(StringFunctions::title, STRING));
    all.put("lower", Function.of(StringFunctions::lower, STRING));
    all.put("upper", Function.of(StringFunctions::upper, STRING));
    all.put("pad", Function.of(StringFunctions::pad, STRING, INT, INT));
    all.put("truncate", Function.of(StringFunctions::truncate, STRING, INT));
    return Map.copyOf(all);
  }

  private static Map<String, Function> header() {
    Map<String, Function> all = new HashMap<>(DOCKER);
    for (String name : List.of("json", "title", "lower", "upper")) {
      all.put(name, Function.of(List::getFirst, STRING));
    }
    all.put("split", Function.of(List::getFirst, STRING, STRING));
    all.put("join", Function.of(List::getFirst, STRING, STRING));
    all.put("truncate", Function.of(List::getFirst, STRING, INT));
    return Map.copyOf(all);
  }

  private static Value printf(List<Value> arguments) {
    String format = arguments.getFirst().string();
    return Value.of(GoFormat.sprintf(format, arguments.subList(1, arguments.size())));
  }

  private static String plain(List<Value> arguments) {
    return GoFormat.sprint(arguments.stream().map(a -> a.isNone() ? NO_VALUE : a).toList());
  }
}

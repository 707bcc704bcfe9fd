package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Node.Statement;
import java.util.List;
import java.util.Map;

/**
 * A parsed template, to be executed over data any number of times.
 *
 * <p>Data are what Go would see in decoded JSON: {@code Map<String, ?>}, {@code List<?>}, {@code
 * String}, {@code Boolean}, {@code Integer} or {@code Long}, {@code Double}, null; and {@link
 * GoStruct}, {@link GoNil}, {@link GoTime} where docker has a typed object, with their own rules
 * for a missing field, for order and for printing. Nothing in the data is changed or kept.
 */
public final class Template {

  private final String text;
  private final List<Statement> statements;
  private final MissingKey missingKey;

  private Template(String text, List<Statement> statements, MissingKey missingKey) {
    this.text = text;
    this.statements = statements;
    this.missingKey = missingKey;
  }

  /**
   * Parses a template.
   *
   * @throws TemplateException if it is none
   */
  public static Template parse(String text) {
    List<Statement> statements = Parser.parse(text, Functions.DOCKER::containsKey);
    return new Template(text, statements, MissingKey.NO_VALUE);
  }

  /** The same template with another answer to a key that a map has not. */
  public Template missingKey(MissingKey answer) {
    return new Template(text, statements, answer);
  }

  /**
   * The text the template makes of the data.
   *
   * @throws TemplateException if it asks for what the data have not
   */
  public String execute(Object data) {
    StringBuilder out = new StringBuilder();
    evaluator(Functions.DOCKER, out).execute(statements, Value.of(data));
    return out.toString();
  }

  /**
   * What {@code docker inspect} prints: the text made of the typed object or, should that fail, of
   * its JSON, where a missing key is an error.
   *
   * @throws TemplateException if neither has what the template asks for; the reason is the latter's
   */
  public String inspect(Object typed) {
    try {
      return execute(typed);
    } catch (TemplateException e) {
      return missingKey(MissingKey.ERROR).execute(RawJson.of(typed));
    }
  }

  /**
   * The heading of a table whose rows the template makes, from the title of each column. Like
   * docker, stops without a word where the template cannot be applied to titles.
   */
  public String executeHeader(Map<String, String> titles) {
    StringBuilder out = new StringBuilder();
    try {
      evaluator(Functions.HEADER, out).execute(statements, Value.ofField(titles));
    } catch (TemplateException e) {
      return out.toString();
    }
    return out.toString();
  }

  private Evaluator evaluator(Map<String, Function> functions, StringBuilder out) {
    return new Evaluator(new Expressions(text, functions, missingKey), out);
  }
}

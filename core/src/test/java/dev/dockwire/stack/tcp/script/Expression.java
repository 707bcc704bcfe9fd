package dev.dockwire.stack.tcp.script;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in braces in a loop's lines, {@code {1460*i+1}}: sums of products of numbers and the
 * loops' variables. A variable alone may also be a word.
 */
final class Expression {

  private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");

  private Expression() {}

  /** The line with all braces replaced by what is in them. */
  static String fill(String line, Map<String, String> variables) {
    Matcher matcher = BRACES.matcher(line);
    return matcher.replaceAll(
        found -> {
          String text = found.group(1).strip();
          String word = variables.get(text);
          return Matcher.quoteReplacement(word != null ? word : sum(text, variables));
        });
  }

  private static String sum(String text, Map<String, String> variables) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String term : text.replace("-", "+-").split("\\+")) {
      if (!term.isBlank()) {
        sum = sum.add(product(term.strip(), variables));
      }
    }
    return sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal product(String text, Map<String, String> variables) {
    boolean negative = text.startsWith("-");
    BigDecimal product = negative ? BigDecimal.ONE.negate() : BigDecimal.ONE;
    for (String factor : text.substring(negative ? 1 : 0).split("\\*")) {
      String name = factor.strip();
      product = product.multiply(new BigDecimal(variables.getOrDefault(name, name)));
    }
    return product;
  }
}

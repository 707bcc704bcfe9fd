package dev.dockwire.program.applet;

import dev.dockwire.host.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code printf FORMAT [ARG]...}: the format is used again while arguments are left. */
public final class Printf {

  private static final Usage USAGE =
      new Usage(
          "printf",
          """
          printf FORMAT [ARG]...

          Format and print ARG(s) according to FORMAT (a-la C printf)
          """);

  /** The applet of that name; the shell has the same built in. */
  public static final Program PROGRAM =
      self -> {
        List<String> words = self.arguments();
        if (words.size() < 2) {
          USAGE.show(self, 1);
        }
        Printf printf = new Printf(words.get(1), words.subList(2, words.size()));
        self.print(printf.text());
        printf.complaints().forEach(complaint -> USAGE.complain(self, complaint));
        return printf.complaints().isEmpty() ? 0 : 1;
      };

  private static final Pattern CONVERSION =
      Pattern.compile("%([-+ 0#]*)([0-9]{0,6}|\\*)(\\.[0-9]{0,6})?([a-zA-Z%])");

  private static final int MAX_WIDTH = 10_000;

  private final List<String> complaints = new ArrayList<>(0);
  private final StringBuilder text = new StringBuilder();
  private final List<String> arguments;
  private int used;
  private boolean cut;

  public Printf(String format, List<String> arguments) {
    this.arguments = arguments;
    Escapes expanded = Escapes.expand(format, false);
    do {
      int before = used;
      once(expanded.text());
      cut |= expanded.cut() || used == before;
    } while (!cut && used < arguments.size());
  }

  /** What is printed. */
  public String text() {
    return text.toString();
  }

  /** What is wrong with the arguments. */
  public List<String> complaints() {
    return complaints;
  }

  private void once(String format) {
    Matcher matcher = CONVERSION.matcher(format);
    int position = 0;
    while (!cut && matcher.find(position)) {
      text.append(format, position, matcher.start());
      convert(matcher);
      position = matcher.end();
    }
    if (!cut) {
      text.append(format.substring(position));
    }
  }

  private void convert(Matcher conversion) {
    char letter = conversion.group(4).charAt(0);
    if (letter == '%') {
      text.append('%');
      return;
    }
    String flags = conversion.group(1);
    String widthText = conversion.group(2).equals("*") ? next() : conversion.group(2);
    int width = widthText.isEmpty() ? 0 : (int) Math.min(MAX_WIDTH, Math.abs(number(widthText)));
    String converted =
        switch (letter) {
          case 's' -> precise(next(), conversion.group(3));
          case 'b' -> {
            Escapes expanded = Escapes.expand(next(), true);
            cut = expanded.cut();
            yield expanded.text();
          }
          case 'c' -> next().replaceFirst("(?s)(.).*", "$1");
          case 'd', 'i', 'u' -> signed(number(next()), flags);
          case 'x' -> Long.toHexString(number(next()));
          case 'X' -> Long.toHexString(number(next())).toUpperCase(Locale.ROOT);
          case 'o' -> Long.toOctalString(number(next()));
          default -> {
            complaints.add("invalid format");
            yield "";
          }
        };
    pad(converted, width, flags, "diuxXo".indexOf(letter) >= 0);
  }

  private void pad(String converted, int width, String flags, boolean isNumber) {
    String padding = " ".repeat(Math.max(0, width - converted.length()));
    if (flags.contains("-")) {
      text.append(converted).append(padding);
    } else if (flags.contains("0") && isNumber) {
      boolean sign = converted.startsWith("-");
      text.append(sign ? "-" : "").append(padding.replace(' ', '0'));
      text.append(sign ? converted.substring(1) : converted);
    } else {
      text.append(padding).append(converted);
    }
  }

  private static String precise(String argument, String precision) {
    if (precision == null) {
      return argument;
    }
    String digits = precision.substring(1);
    int length = digits.isEmpty() ? 0 : Integer.parseInt(digits);
    return argument.substring(0, Math.min(length, argument.length()));
  }

  private static String signed(long number, String flags) {
    return number >= 0 && flags.contains("+") ? "+" + number : Long.toString(number);
  }

  private String next() {
    return used < arguments.size() ? arguments.get(used++) : "";
  }

  private long number(String argument) {
    if (argument.isEmpty()) {
      return 0;
    }
    if (argument.startsWith("'") || argument.startsWith("\"")) {
      return argument.length() > 1 ? argument.charAt(1) : 0;
    }
    try {
      return Long.decode(argument);
    } catch (NumberFormatException notANumber) {
      complaints.add("invalid number '" + argument + "'");
      return 0;
    }
  }
}

package dev.dockwire.program.applet;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Small applets that say something about the system: {@code uname id whoami date}, and {@code seq}.
 */
public final class SystemApplets {

  private static final String KERNEL = "Linux";
  private static final String RELEASE = "6.6.0-dockwire";
  private static final String VERSION = "#1 SMP";
  private static final String MACHINE = "x86_64";

  private static final Usage UNAME_USAGE =
      new Usage(
          "uname",
          """
          uname [-amnrspvio]

          Print system information

          \t-a\tPrint all
          \t-m\tMachine (hardware) type
          \t-n\tHostname
          \t-r\tKernel release
          \t-s\tKernel name (default)
          \t-p\tProcessor type
          \t-v\tKernel version
          """);

  private static final Usage DATE_USAGE =
      new Usage("date", "date [OPTIONS] [+FMT] [[-s] TIME]\n\nDisplay time (using +FMT)\n");

  private static final Usage SEQ_USAGE =
      new Usage(
          "seq",
          """
          seq [-w] [-s SEP] [FIRST [INC]] LAST

          Print numbers from FIRST to LAST, in steps of INC.
          FIRST, INC default to 1.

          \t-w\tPad to last with leading zeros
          \t-s SEP\tString separator
          """);

  /** How many numbers a series prints before others have their turn, and how long that takes. */
  private static final int NUMBERS_PER_TURN = 1_000;

  private static final long TURN_NANOS = 1_000_000;

  /** {@code uname}. */
  public static final Program UNAME =
      self -> {
        Options options = Options.parse(self, UNAME_USAGE, "amnrspvio");
        boolean all = options.has('a');
        List<String> words = new ArrayList<>();
        add(words, all || options.has('s'), KERNEL);
        add(words, all || options.has('n'), self.host().hostname());
        add(words, all || options.has('r'), RELEASE);
        add(words, all || options.has('v'), VERSION);
        add(words, all || options.has('m'), MACHINE);
        add(words, options.has('p') || options.has('i'), "unknown");
        add(words, all || options.has('o'), KERNEL);
        self.print((words.isEmpty() ? KERNEL : String.join(" ", words)) + "\n");
        return 0;
      };

  /** {@code whoami}. */
  public static final Program WHOAMI = self -> said(self, "root\n");

  /** {@code id}: everybody here is root. */
  public static final Program ID =
      self -> {
        boolean number = self.arguments().contains("-u") || self.arguments().contains("-g");
        return said(self, number ? "0\n" : "uid=0(root) gid=0(root) groups=0(root)\n");
      };

  /** {@code date}, in UTC. */
  public static final Program DATE =
      self -> {
        Options options = Options.parse(self, DATE_USAGE, "ud:s:RI");
        String format = options.operands().stream().findFirst().orElse("+%a %b %e %H:%M:%S %Z %Y");
        if (!format.startsWith("+")) {
          DATE_USAGE.fail(self, "can't set date: Operation not permitted");
        }
        return said(self, formatted(format.substring(1), self.world().epochNanos()) + "\n");
      };

  /** {@code seq}. */
  public static final Program SEQ =
      self -> {
        Options options = Options.parse(self, SEQ_USAGE, "+ws:");
        List<String> operands = options.operands();
        if (operands.isEmpty() || operands.size() > 3) {
          SEQ_USAGE.show(self, 1);
        }
        List<BigDecimal> numbers = operands.stream().map(text -> number(self, text)).toList();
        BigDecimal first = numbers.size() > 1 ? numbers.getFirst() : BigDecimal.ONE;
        BigDecimal step = numbers.size() > 2 ? numbers.get(1) : BigDecimal.ONE;
        BigDecimal last = numbers.getLast();
        String separator = options.value('s').orElse("\n");
        int width = options.has('w') ? Math.max(width(first), width(last)) : 0;
        boolean any = false;
        int printed = 0;
        for (BigDecimal n = first;
            step.signum() >= 0 ? n.compareTo(last) <= 0 : n.compareTo(last) >= 0;
            n = n.add(step)) {
          String text = n.toPlainString();
          String zeros = "0".repeat(Math.max(0, width - text.length()));
          self.print((any ? separator : "") + zeros + text);
          any = true;
          if (++printed % NUMBERS_PER_TURN == 0) {
            // A step of 0 has no end, and what it is printed to need not make it wait.
            self.sleep(TURN_NANOS);
          }
        }
        return said(self, any ? "\n" : "");
      };

  private SystemApplets() {}

  private static void add(List<String> words, boolean wanted, String word) {
    if (wanted) {
      words.add(word);
    }
  }

  private static int said(Process self, String text) {
    self.print(text);
    return 0;
  }

  private static BigDecimal number(Process self, String text) {
    if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
      SEQ_USAGE.show(self, 1);
    }
    return new BigDecimal(text);
  }

  private static int width(BigDecimal number) {
    return number.toPlainString().length();
  }

  private static String formatted(String format, long epochNanos) {
    ZonedDateTime time = Instant.EPOCH.plusNanos(epochNanos).atZone(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) != '%' || i + 1 == format.length()) {
        text.append(format.charAt(i));
        continue;
      }
      char letter = format.charAt(++i);
      text.append(
          switch (letter) {
            case 's' -> Long.toString(time.toEpochSecond());
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case '%' -> "%";
            default -> field(letter, time);
          });
    }
    return text.toString();
  }

  private static String field(char letter, ZonedDateTime time) {
    String pattern =
        switch (letter) {
          case 'Y' -> "yyyy";
          case 'y' -> "yy";
          case 'm' -> "MM";
          case 'd' -> "dd";
          case 'e' -> "ppd";
          case 'H' -> "HH";
          case 'I' -> "hh";
          case 'M' -> "mm";
          case 'S' -> "ss";
          case 'N' -> "SSSSSSSSS";
          case 'p' -> "a";
          case 'j' -> "DDD";
          case 'a' -> "EEE";
          case 'A' -> "EEEE";
          case 'b', 'h' -> "MMM";
          case 'B' -> "MMMM";
          case 'F' -> "yyyy-MM-dd";
          case 'T' -> "HH:mm:ss";
          case 'D' -> "MM/dd/yy";
          case 'R' -> "HH:mm";
          default -> "'%" + letter + "'";
        };
    return time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }
}

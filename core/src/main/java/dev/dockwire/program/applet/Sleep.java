package dev.dockwire.program.applet;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** {@code sleep N[smhd]...}, or {@code infinity}. */
public final class Sleep implements Program {

  private static final Usage USAGE =
      new Usage(
          "sleep",
          """
          sleep [N]...

          Pause for a time equal to the total of the args given, where each arg can
          have an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays
          """);

  private static final long MAX_NANOS = Long.MAX_VALUE / 4;

  @Override
  public int run(Process self) {
    List<String> operands = Options.parse(self, USAGE, "").operands();
    if (operands.isEmpty()) {
      USAGE.show(self, 1);
    }
    long nanos = 0;
    for (String operand : operands) {
      nanos = Math.min(MAX_NANOS, nanos + nanos(self, operand));
    }
    long deadline = self.now() + nanos;
    while (self.now() < deadline) {
      self.sleep(deadline - self.now());
    }
    return 0;
  }

  private static long nanos(Process self, String operand) {
    if (operand.equals("infinity") || operand.equals("inf")) {
      return MAX_NANOS;
    }
    if (!operand.matches("([0-9]{1,18}\\.?[0-9]{0,18}|\\.[0-9]{1,18})[smhd]?")) {
      USAGE.fail(self, "invalid number '" + operand + "'");
    }
    String digits = operand.replaceFirst("[smhd]$", "");
    long unitSeconds =
        switch (operand.charAt(operand.length() - 1)) {
          case 'm' -> 60;
          case 'h' -> 3_600;
          case 'd' -> 86_400;
          default -> 1;
        };
    return new BigDecimal(digits)
        .multiply(BigDecimal.valueOf(unitSeconds))
        .movePointRight(9)
        .min(BigDecimal.valueOf(MAX_NANOS))
        .setScale(0, RoundingMode.DOWN)
        .longValueExact();
  }
}

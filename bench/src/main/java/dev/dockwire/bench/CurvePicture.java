package dev.dockwire.bench;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A curve as an SVG picture: beside each other what a frame costs, from 0, and the memory of all,
 * in powers of ten, both against the powers of ten of how many there are.
 */
final class CurvePicture {

  private static final int WIDTH = 360;
  private static final int HEIGHT = 220;
  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int BETWEEN = 90;

  private final Curve curve;
  private final StringBuilder svg = new StringBuilder();

  CurvePicture(Curve curve) {
    this.curve = curve;
  }

  String svg() {
    int width = 2 * (LEFT + WIDTH) + BETWEEN - LEFT + 20;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif'"
            + " font-size='12'>%n<rect width='100%%' height='100%%' fill='white'/>%n",
        width, TOP + HEIGHT + 50);
    panelOfCost();
    panelOfMemory();
    svg.append("</svg>\n");
    return svg.toString();
  }

  private void panelOfCost() {
    double most =
        curve.points().stream()
            .mapToDouble(point -> Math.max(point.nanos(), point.nanosOfFew()))
            .max()
            .orElseThrow();
    double step = Math.pow(10, Math.floor(Math.log10(most)));
    if (most / step < 3) {
      step /= 2;
    }
    double top = Math.ceil(most / step) * step;
    DoubleUnaryOperator y = nanos -> nanos / top;
    frame(LEFT, "nanoseconds of processor time for each frame");
    for (double nanos = 0; nanos <= top; nanos += step) {
      level(LEFT, y.applyAsDouble(nanos), "%.0f".formatted(nanos));
    }
    line(LEFT, Curve.Point::nanos, y, "steelblue");
    line(LEFT, Curve.Point::nanosOfFew, y, "darkorange");
    legend(1, "all take part", "steelblue");
    legend(2, "the same few do", "darkorange");
  }

  private void panelOfMemory() {
    double least = curve.points().getFirst().mebibytes();
    int bottom = (int) Math.floor(Math.log10(Math.max(least, 0.001)));
    int top = (int) Math.ceil(Math.log10(curve.points().getLast().mebibytes()));
    int left = LEFT + WIDTH + BETWEEN;
    DoubleUnaryOperator y =
        mebibytes -> (Math.log10(Math.max(mebibytes, 0.001)) - bottom) / (top - bottom);
    frame(left, "MiB of heap for all of them");
    for (int power = bottom; power <= top; power++) {
      double mebibytes = Math.pow(10, power);
      level(left, y.applyAsDouble(mebibytes), power < 0 ? "" + mebibytes : number(mebibytes));
    }
    line(left, Curve.Point::mebibytes, y, "steelblue");
  }

  private void frame(int left, String title) {
    add(
        "<text x='%d' y='%d' font-weight='bold'>%s</text>%n"
            + "<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='black'/>%n"
            + "<text x='%d' y='%d' text-anchor='middle'>%s</text>%n",
        left,
        TOP - 14,
        title,
        left,
        TOP,
        WIDTH,
        HEIGHT,
        left + WIDTH / 2,
        TOP + HEIGHT + 36,
        curve.counted());
    for (Curve.Point point : curve.points()) {
      add(
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>%n",
          x(left, point), TOP + HEIGHT + 18, number(point.count()));
    }
  }

  /** A line across, with what it stands for. */
  private void level(int left, double share, String text) {
    add(
        "<path d='M%d %.1f h%d' stroke='lightgrey'/>%n"
            + "<text x='%d' y='%.1f' text-anchor='end'>%s</text>%n",
        left, y(share), WIDTH, left - 6, y(share) + 4, text);
  }

  private void line(
      int left, ToDoubleFunction<Curve.Point> value, DoubleUnaryOperator share, String colour) {
    StringBuilder dots = new StringBuilder();
    for (Curve.Point point : curve.points()) {
      double y = y(share.applyAsDouble(value.applyAsDouble(point)));
      dots.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(left, point), y));
      add("<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s'/>%n", x(left, point), y, colour);
    }
    add(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>%n",
        dots.toString().strip(), colour);
  }

  private void legend(int number, String text, String colour) {
    add("<text x='%d' y='%d' fill='%s'>%s</text>%n", LEFT + 10, TOP + 18 * number, colour, text);
  }

  private double x(int left, Curve.Point point) {
    double first = Math.log10(curve.points().getFirst().count());
    double last = Math.log10(curve.points().getLast().count());
    return left + 20 + (WIDTH - 40) * (Math.log10(point.count()) - first) / (last - first);
  }

  private static double y(double share) {
    return TOP + HEIGHT * (1 - share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}

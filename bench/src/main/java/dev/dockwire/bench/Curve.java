package dev.dockwire.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a frame costs, and all there is takes, against how many there are.
 *
 * @param counted what there are many of
 */
record Curve(String counted, List<Point> points) {

  private static final double MIB = 1 << 20;

  /**
   * @param nanos processor time of a frame while all take part
   * @param nanosOfFew while the same few do
   * @param octets heap of all of them
   */
  record Point(int count, double nanos, double nanosOfFew, long octets) {

    double mebibytes() {
      return octets / MIB;
    }
  }

  String csv() {
    StringBuilder text = new StringBuilder();
    text.append(counted)
        .append(",frames_per_second,ns_per_frame,ns_per_frame_of_few,heap_mib,kib_each\n");
    for (Point point : points) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.0f,%.0f,%.0f,%.1f,%.1f%n",
              point.count,
              1e9 / point.nanos,
              point.nanos,
              point.nanosOfFew,
              point.mebibytes(),
              point.octets / 1024.0 / point.count));
    }
    return text.toString();
  }
}

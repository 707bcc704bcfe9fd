package dev.dockwire.tools.docker.inspect;

import java.util.concurrent.TimeUnit;

/** Durations in docker's words: {@code About a minute}, {@code 3 hours}. */
public final class Durations {

  private Durations() {}

  public static String inWords(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    long minutes = seconds / 60;
    long hours = Math.round(seconds / 3_600.0);
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    } else if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    } else if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    } else if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    } else if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return hours / 24 / 365 + " years";
  }
}

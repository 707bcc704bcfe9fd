package dev.dockwire.nat.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One rule: conditions, all of which must hold, and a target; with none it only counts. Two rules
 * are the same if they are written the same.
 */
public final class Rule {

  private static final List<String> ORDER = List.of("-s", "-d", "-i", "-o", "-p");

  private final List<Match> matches;
  private final Optional<Target> target;
  private final String text;
  private long packets;
  private long bytes;

  private Rule(List<Match> matches, Optional<Target> target) {
    this.matches = List.copyOf(matches);
    this.target = target;
    this.text = write();
  }

  /**
   * Reads a rule as iptables does.
   *
   * @param text such as {@code -d 172.17.0.2/32 ! -i docker0 -p tcp -m tcp --dport 80 -j ACCEPT}
   * @throws IllegalArgumentException with iptables' words
   */
  public static Rule parse(String text) {
    return parse(text.isBlank() ? List.of() : List.of(text.trim().split("\\s+")));
  }

  static Rule parse(List<String> words) {
    List<Match> matches = new ArrayList<>();
    String jump = "";
    String to = "";
    boolean negated = false;
    for (int i = 0; i < words.size(); i++) {
      String option = words.get(i);
      if (option.equals("!")) {
        negated = true;
        continue;
      }
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException("option \"" + option + "\" requires an argument");
      }
      String value = words.get(++i);
      switch (option) {
        case "-m", "--match" -> {
          // The options say themselves which extension they belong to.
        }
        case "-j", "--jump" -> jump = value;
        case "--to-destination", "--to-source" -> to = value;
        default -> matches.add(Match.of(option, negated, value));
      }
      negated = false;
    }
    // A stable sort: what belongs to extensions keeps its order, behind all else.
    matches.sort(Comparator.comparingInt(Rule::place));
    return new Rule(matches, jump.isEmpty() ? Optional.empty() : Optional.of(Target.of(jump, to)));
  }

  private static int place(Match match) {
    int place = ORDER.indexOf(match.option());
    return place < 0 ? ORDER.size() : place;
  }

  private String write() {
    StringBuilder written = new StringBuilder();
    String module = "";
    for (Match match : matches) {
      String needed = match.module(protocol());
      if (!needed.isEmpty() && !needed.equals(module)) {
        written.append("-m ").append(needed).append(' ');
        module = needed;
      }
      written.append(match.negated() ? "! " : "").append(match.option()).append(' ');
      written.append(match.value()).append(' ');
    }
    target.ifPresent(where -> written.append(where.text()));
    return written.toString().trim();
  }

  boolean matches(Packet packet) {
    for (Match match : matches) {
      if (!match.matches(packet)) {
        return false;
      }
    }
    packets++;
    bytes += packet.length;
    return true;
  }

  public Optional<Target> target() {
    return target;
  }

  Optional<Match> match(String option) {
    return matches.stream().filter(match -> match.is(option)).findFirst();
  }

  List<Match> matches() {
    return matches;
  }

  String protocol() {
    return match("-p").map(Match::value).orElse("all");
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  /** As iptables writes it. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rule rule && rule.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

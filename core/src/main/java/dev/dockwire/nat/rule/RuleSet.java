package dev.dockwire.nat.rule;

import java.util.List;
import java.util.Optional;

/**
 * All rules of a host, changed by the commands that iptables takes: {@code -t nat -A DOCKER ...}.
 * Its version grows with every change, so that whoever has remembered a decision knows when to ask
 * again.
 */
public final class RuleSet {

  private static final List<String> BUILT_IN_TARGETS =
      List.of("ACCEPT", "DROP", "RETURN", "DNAT", "SNAT", "MASQUERADE");

  private final Table raw = new Table("raw", "PREROUTING", "OUTPUT");
  private final Table filter = new Table("filter", "INPUT", "FORWARD", "OUTPUT");
  private final Table nat = new Table("nat", "PREROUTING", "INPUT", "OUTPUT", "POSTROUTING");
  private long version = 1;

  public Table raw() {
    return raw;
  }

  public Table filter() {
    return filter;
  }

  public Table nat() {
    return nat;
  }

  /** In the order in which iptables-save writes them. */
  List<Table> tables() {
    return List.of(raw, filter, nat);
  }

  Optional<Table> table(String name) {
    return tables().stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /** Grows with every change. */
  public long version() {
    return version;
  }

  /**
   * Does what one iptables command says: {@code -N}, {@code -A}, {@code -I} (with a place or
   * without), {@code -D}, {@code -P}, {@code -F} or {@code -X}; {@code -t} comes first.
   *
   * @throws IllegalArgumentException with iptables' words
   */
  public void apply(String command) {
    apply(List.of(command.trim().split("\\s+")));
  }

  public void apply(List<String> command) {
    boolean named = command.getFirst().equals("-t");
    String tableName = named ? command.get(1) : "filter";
    Table table =
        table(tableName)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "can't initialize iptables table `"
                            + tableName
                            + "': Table does not exist (do you need to insmod?)"));
    List<String> words = command.subList(named ? 2 : 0, command.size());
    if (words.size() < 2) {
      throw new IllegalArgumentException("no command specified");
    }
    List<String> rest = words.subList(2, words.size());
    change(table, words.get(0), words.get(1), rest);
    version++;
  }

  private void change(Table table, String verb, String chainName, List<String> rest) {
    if (verb.equals("-N")) {
      if (table.find(chainName).isPresent()) {
        throw new IllegalArgumentException("Chain already exists.");
      }
      table.add(chainName);
      return;
    }
    Chain chain = table.find(chainName).orElseThrow(RuleSet::noChain);
    switch (verb) {
      case "-A" -> chain.rules().add(rule(table, rest));
      case "-I" -> insert(table, chain, rest);
      case "-D" -> delete(chain, rest);
      case "-F" -> chain.rules().clear();
      case "-P" -> policy(chain, rest);
      case "-X" -> {
        if (table.references(chain) > 0 || !chain.rules().isEmpty()) {
          throw new IllegalArgumentException("Too many links.");
        }
        table.remove(chainName);
      }
      default -> throw new IllegalArgumentException("unknown option \"" + verb + "\"");
    }
  }

  private static IllegalArgumentException noChain() {
    return new IllegalArgumentException("No chain/target/match by that name.");
  }

  private static Rule rule(Table table, List<String> words) {
    Rule rule = Rule.parse(words);
    boolean leadsSomewhere =
        rule.target()
            .map(to -> BUILT_IN_TARGETS.contains(to.word()) || table.find(to.word()).isPresent())
            .orElse(true);
    if (!leadsSomewhere) {
      throw noChain();
    }
    return rule;
  }

  private static void insert(Table table, Chain chain, List<String> rest) {
    boolean placed = !rest.isEmpty() && rest.getFirst().matches("[0-9]{1,6}");
    int place = placed ? Integer.parseInt(rest.getFirst()) : 1;
    if (place < 1 || place > chain.rules().size() + 1) {
      throw new IllegalArgumentException("Index of insertion too big.");
    }
    chain.rules().add(place - 1, rule(table, placed ? rest.subList(1, rest.size()) : rest));
  }

  private static void delete(Chain chain, List<String> rest) {
    if (rest.size() == 1 && rest.getFirst().matches("[0-9]{1,6}")) {
      int place = Integer.parseInt(rest.getFirst());
      if (place < 1 || place > chain.rules().size()) {
        throw new IllegalArgumentException("Index of deletion too big.");
      }
      chain.rules().remove(place - 1);
    } else if (!chain.rules().remove(Rule.parse(rest))) {
      throw new IllegalArgumentException("Bad rule (does a matching rule exist in that chain?).");
    }
  }

  private static void policy(Chain chain, List<String> rest) {
    if (!chain.isBuiltIn() || rest.size() != 1) {
      throw new IllegalArgumentException("Bad built-in chain name.");
    }
    switch (rest.getFirst()) {
      case "ACCEPT" -> chain.policy(Target.ACCEPT);
      case "DROP" -> chain.policy(Target.DROP);
      default ->
          throw new IllegalArgumentException("Bad policy name. Run `dmesg' for more information.");
    }
  }
}

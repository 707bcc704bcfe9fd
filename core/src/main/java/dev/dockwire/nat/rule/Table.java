package dev.dockwire.nat.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The chains for one purpose: raw, filter or nat. Built-in ones come first, the others by name. */
public final class Table {

  /** Chains may lead to each other, but not for ever. */
  private static final int MAX_DEPTH = 16;

  private final String name;
  private final Map<String, Chain> builtIn = new LinkedHashMap<>();
  private final Map<String, Chain> others = new TreeMap<>();

  Table(String name, String... builtInChains) {
    this.name = name;
    for (String chain : builtInChains) {
      builtIn.put(chain, new Chain(chain, true));
    }
  }

  public String name() {
    return name;
  }

  /** All chains, in the order in which they are listed. */
  List<Chain> chains() {
    List<Chain> all = new ArrayList<>(builtIn.values());
    all.addAll(others.values());
    return all;
  }

  Optional<Chain> find(String chain) {
    return Optional.ofNullable(builtIn.get(chain)).or(() -> Optional.ofNullable(others.get(chain)));
  }

  void add(String chain) {
    others.putIfAbsent(chain, new Chain(chain, false));
  }

  void remove(String chain) {
    others.remove(chain);
  }

  /** How many rules lead to a chain. */
  long references(Chain chain) {
    return chains().stream()
        .flatMap(each -> each.rules().stream())
        .filter(rule -> rule.target().map(to -> to.is(chain.name())).orElse(false))
        .count();
  }

  /**
   * What the table decides about a packet at one of its built-in chains: ACCEPT, DROP, or a
   * translation.
   */
  public Target decide(String chain, Packet packet) {
    Chain start = builtIn.get(chain);
    Target decided = walk(start, packet, 0);
    return decided.is("RETURN") ? start.fallBack(packet) : decided;
  }

  /** RETURN if the chain has no answer. */
  private Target walk(Chain chain, Packet packet, int depth) {
    for (Rule rule : chain.rules()) {
      if (rule.target().isEmpty() || !rule.matches(packet)) {
        continue;
      }
      Target target = rule.target().get();
      Chain next = others.get(target.word());
      if (next == null) {
        return target;
      }
      Target decided = depth < MAX_DEPTH ? walk(next, packet, depth + 1) : Target.RETURN;
      if (!decided.is("RETURN")) {
        return decided;
      }
    }
    return Target.RETURN;
  }
}

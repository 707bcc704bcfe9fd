package dev.dockwire.engine;

import dev.dockwire.nat.rule.RuleSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules that the engine has made on the Docker host, each once however many reasons there are
 * for it; it goes with its last reason.
 */
final class RuleBook {

  private final RuleSet rules;
  private final Map<String, Integer> reasons = new LinkedHashMap<>();

  RuleBook(RuleSet rules) {
    this.rules = rules;
  }

  /** Does what is not undone again: chains, policies, and the rules that lead to the chains. */
  void set(String... commands) {
    for (String command : commands) {
      rules.apply(command);
    }
  }

  /**
   * Makes a rule, or takes it away.
   *
   * @param chain with its table, such as {@code -t nat DOCKER}
   * @param place where in the chain it goes, from 1; 0 for the end
   */
  void change(boolean wanted, String chain, int place, String rule) {
    String table = chain.substring(0, chain.lastIndexOf(' ') + 1);
    String name = chain.substring(table.length());
    String key = chain + " " + rule;
    if (wanted) {
      if (reasons.merge(key, 1, Integer::sum) == 1) {
        String verb = place == 0 ? "-A " + name : "-I " + name + " " + place;
        rules.apply(table + verb + " " + rule);
      }
    } else if (reasons.merge(key, -1, Integer::sum) == 0) {
      reasons.remove(key);
      removeIfThere(table + "-D " + name + " " + rule);
    }
  }

  /** The user may have removed it before. */
  private void removeIfThere(String command) {
    try {
      rules.apply(command);
    } catch (IllegalArgumentException gone) {
      // That is what is wanted.
    }
  }
}

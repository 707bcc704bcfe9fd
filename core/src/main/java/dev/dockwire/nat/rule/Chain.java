package dev.dockwire.nat.rule;

import java.util.ArrayList;
import java.util.List;

/** Rules that are tried one after the other, under a name; the built-in ones have a policy. */
public final class Chain {

  private final String name;
  private final boolean builtIn;
  private final List<Rule> rules = new ArrayList<>();
  private Target policy = Target.ACCEPT;
  private long policyPackets;
  private long policyBytes;

  Chain(String name, boolean builtIn) {
    this.name = name;
    this.builtIn = builtIn;
  }

  public String name() {
    return name;
  }

  boolean isBuiltIn() {
    return builtIn;
  }

  List<Rule> rules() {
    return rules;
  }

  Target policy() {
    return policy;
  }

  void policy(Target newPolicy) {
    policy = newPolicy;
  }

  /** No rule has decided about a packet. */
  Target fallBack(Packet packet) {
    policyPackets++;
    policyBytes += packet.length;
    return policy;
  }

  long policyPackets() {
    return policyPackets;
  }

  long policyBytes() {
    return policyBytes;
  }
}

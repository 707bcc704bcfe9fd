package dev.dockwire.nat.rule;

import dev.dockwire.frame.Ipv4Address;

/**
 * What becomes of a packet that matches a rule.
 *
 * @param word what stands behind {@code -j}: a built-in name, or a chain's
 * @param address where DNAT and SNAT lead to; 0 for all others
 * @param port likewise; 0 to keep the packet's
 */
public record Target(String word, int address, int port) {

  public static final Target ACCEPT = new Target("ACCEPT", 0, 0);
  public static final Target DROP = new Target("DROP", 0, 0);
  public static final Target RETURN = new Target("RETURN", 0, 0);

  /** Reads what stands behind {@code -j}, and the address that may follow. */
  static Target of(String word, String to) {
    if (to.isEmpty()) {
      if (word.equals("DNAT") || word.equals("SNAT")) {
        String option = word.equals("DNAT") ? "--to-destination" : "--to-source";
        throw new IllegalArgumentException(word + ": option \"" + option + "\" must be specified");
      }
      return new Target(word, 0, 0);
    }
    int colon = to.indexOf(':');
    String address = colon < 0 ? to : to.substring(0, colon);
    if (!Ipv4Address.isAddress(address) && !address.isEmpty()
        || colon >= 0 && !to.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("Bad IP address \"" + to + "\"");
    }
    return new Target(
        word,
        address.isEmpty() ? 0 : Ipv4Address.parse(address).value(),
        colon < 0 ? 0 : Integer.parseInt(to.substring(colon + 1)));
  }

  public boolean is(String aWord) {
    return word.equals(aWord);
  }

  private String to() {
    return (address == 0 ? "" : Ipv4Address.toString(address)) + (port == 0 ? "" : ":" + port);
  }

  /** As {@code iptables -S} ends. */
  String text() {
    return switch (word) {
      case "DNAT" -> "-j DNAT --to-destination " + to();
      case "SNAT" -> "-j SNAT --to-source " + to();
      default -> "-j " + word;
    };
  }

  /** What {@code iptables -L} says at the end of the line. */
  String inWords() {
    return word.equals("DNAT") || word.equals("SNAT") ? " to:" + to() : "";
  }
}

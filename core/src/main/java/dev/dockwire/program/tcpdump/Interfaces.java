package dev.dockwire.program.tcpdump;

import dev.dockwire.host.Host;
import dev.dockwire.stack.StackInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one can listen at: the interfaces of a host, in libpcap's order, and all of them at once.
 */
final class Interfaces {

  static final String ANY = "any";

  private static final String ANY_LINE =
      " (Pseudo-device that captures on all interfaces) [Up, Running]";

  private final List<StackInterface> all;
  private final List<String> names = new ArrayList<>();

  private Interfaces(List<StackInterface> all) {
    this.all = all;
    all.stream()
        .sorted(Comparator.comparing(Interfaces::figureOfMerit))
        .map(StackInterface::name)
        .forEach(names::add);
    int ready = (int) all.stream().filter(each -> figureOfMerit(each) == 0).count();
    names.add(ready, ANY);
  }

  static Interfaces of(Host host) {
    return new Interfaces(host.stack().interfaces());
  }

  /** Those that run come first, then {@code any}, then loopback, then those that do not run. */
  private static int figureOfMerit(StackInterface each) {
    if (!each.isUp()) {
      return 3;
    }
    if (each.isLoopback()) {
      return 1;
    }
    return each.nic().hasCarrier() ? 0 : 2;
  }

  /** The interface that is taken if none is named. */
  String first() {
    return names.getFirst();
  }

  /** The name that a word means: a number out of the listing stands for one. */
  String nameOf(String word) {
    if (word.matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(word);
      return number >= 1 && number <= names.size() ? names.get(number - 1) : word;
    }
    return word;
  }

  /** The interfaces that a name stands for; none if there is no such. */
  List<StackInterface> find(String name) {
    return all.stream().filter(each -> name.equals(ANY) || name.equals(each.name())).toList();
  }

  /** What {@code -D} prints. */
  String listing() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      text.append(i + 1).append('.').append(name);
      text.append(name.equals(ANY) ? ANY_LINE : " [" + flags(find(name).getFirst()) + "]");
      text.append('\n');
    }
    return text.toString();
  }

  private static String flags(StackInterface each) {
    if (!each.isUp()) {
      return "none";
    }
    if (each.isLoopback()) {
      return "Up, Running, Loopback";
    }
    return each.nic().hasCarrier() ? "Up, Running, Connected" : "Up, Disconnected";
  }
}

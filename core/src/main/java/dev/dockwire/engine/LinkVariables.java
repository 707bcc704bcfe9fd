package dev.dockwire.engine;

import dev.dockwire.engine.spec.ExposedPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The variables by which the programs of a linked container know of one target: where its exposed
 * ports are, what it is called, and what its own environment says.
 */
final class LinkVariables {

  private static final Comparator<ExposedPort> TCP_FIRST =
      Comparator.comparing((ExposedPort port) -> !port.protocol().equals("tcp"))
          .thenComparing(ExposedPort::number);

  private final Container source;
  private final Links.Resolved link;
  private final String address;
  private final String prefix;
  private final List<String> variables = new ArrayList<>();

  private LinkVariables(Container source, Links.Resolved link, String address) {
    this.source = source;
    this.link = link;
    this.address = address;
    this.prefix = link.alias().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** All of them, in Docker's order. */
  static List<String> of(Container source, Links.Resolved link, String address) {
    LinkVariables made = new LinkVariables(source, link, address);
    made.addPorts();
    made.addNames();
    return made.variables;
  }

  private void addPorts() {
    List<ExposedPort> ports =
        link.target().exposedPorts().stream().map(ExposedPort::parse).sorted(TCP_FIRST).toList();
    if (!ports.isEmpty()) {
      variables.add(prefix + "_PORT=" + url(ports.getFirst()));
    }
    for (int i = 0; i < ports.size(); i++) {
      addPort(ports.get(i));
      addRangeThatEndsAt(ports, i);
    }
  }

  private void addPort(ExposedPort port) {
    String name = nameOf(port);
    variables.add(name + "=" + url(port));
    variables.add(name + "_ADDR=" + address);
    variables.add(name + "_PORT=" + port.number());
    variables.add(name + "_PROTO=" + port.protocol());
  }

  /** A run of consecutive ports has, after its last one, variables for its start and end. */
  private void addRangeThatEndsAt(List<ExposedPort> ports, int last) {
    int first = last;
    while (first > 0 && follows(ports.get(first), ports.get(first - 1))) {
      first--;
    }
    boolean goesOn = last + 1 < ports.size() && follows(ports.get(last + 1), ports.get(last));
    if (first == last || goesOn) {
      return;
    }
    ExposedPort start = ports.get(first);
    ExposedPort end = ports.get(last);
    String name = nameOf(start);
    variables.add(name + "_START=" + url(start));
    variables.add(name + "_PORT_START=" + start.number());
    variables.add(name + "_END=" + url(end));
    variables.add(name + "_PORT_END=" + end.number());
  }

  private static boolean follows(ExposedPort port, ExposedPort other) {
    return port.number() == other.number() + 1 && port.protocol().equals(other.protocol());
  }

  private String nameOf(ExposedPort port) {
    return prefix + "_PORT_" + port.number() + "_" + port.protocol().toUpperCase(Locale.ROOT);
  }

  private String url(ExposedPort port) {
    return port.protocol() + "://" + address + ":" + port.number();
  }

  private void addNames() {
    variables.add(prefix + "_NAME=/" + source.name() + "/" + link.alias());
    List<String> ofTarget = new ArrayList<>(link.target().spec().environment());
    ofTarget.addAll(link.target().image().environment());
    for (String variable : ofTarget) {
      if (!variable.startsWith("HOME=") && !variable.startsWith("PATH=")) {
        variables.add(prefix + "_ENV_" + variable);
      }
    }
  }
}

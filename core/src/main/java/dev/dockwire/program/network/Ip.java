package dev.dockwire.program.network;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.NetDevice;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.program.applet.Privilege;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ip}: addresses, links, routes and neighbours; what it shows is made by {@link IpShow}. */
public final class Ip implements Program {

  private static final Usage USAGE =
      new Usage(
          "ip",
          """
          ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]

          OPTIONS := -f[amily] inet|inet6|link | -o[neline]

          ip addr add|del IFADDR dev IFACE | show|flush [dev IFACE] [to PREFIX]
          ip route list|flush|add|del|change|append|replace|test ROUTE
          ip link set IFACE [up|down] [arp on|off] [multicast on|off]
          \t[promisc on|off] [mtu NUM] [name NAME] [qlen NUM] [address MAC]
          \t[master IFACE | nomaster] [netns PID]
          ip tunnel add|change|del|show [NAME]
          \t[mode ipip|gre|sit] [remote ADDR] [local ADDR] [ttl TTL]
          ip neigh show|flush [to PREFIX] [dev DEV] [nud STATE]
          ip rule [list] | add|del SELECTOR ACTION
          """);

  private static final String[] OBJECTS = {"address", "route", "link", "neigh"};

  @Override
  public int run(Process self) {
    List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
    boolean onlyIpv4 = false;
    while (!words.isEmpty() && words.getFirst().startsWith("-")) {
      switch (words.removeFirst()) {
        case "-4" -> onlyIpv4 = true;
        case "-f", "-family" -> onlyIpv4 = !words.isEmpty() && words.removeFirst().equals("inet");
        case "-o", "-oneline" -> {}
        default -> USAGE.show(self, 1);
      }
    }
    if (words.isEmpty()) {
      USAGE.show(self, 1);
    }
    String object = words.removeFirst();
    String action = words.isEmpty() ? "show" : words.removeFirst();
    Command command = new Command(self, words);
    switch (completed(object, OBJECTS)) {
      case "address" -> command.address(action, onlyIpv4);
      case "link" -> command.link(action);
      case "route" -> command.route(action);
      case "neigh" -> command.neighbours(action);
      default -> USAGE.show(self, 1);
    }
    return 0;
  }

  /** The first word that begins so. */
  private static String completed(String begin, String... words) {
    for (String word : words) {
      if (word.startsWith(begin)) {
        return word;
      }
    }
    return "";
  }

  /** One command on one kind of object. */
  private static final class Command {

    private final Process self;
    private final HostStack stack;
    private final List<String> words;
    private final IpShow show;

    Command(Process self, List<String> words) {
      this.self = self;
      this.stack = self.host().stack();
      this.words = words;
      this.show = new IpShow(self);
    }

    void address(String action, boolean onlyIpv4) {
      switch (completed(action, "add", "del", "show", "list", "lst")) {
        case "add" -> addAddress();
        case "del" -> deleteAddress();
        case "show", "list", "lst" -> show.addresses(shownDevice(), onlyIpv4);
        default -> invalid(action);
      }
    }

    private void addAddress() {
      Ipv4Prefix prefix = prefix(next("need an address"), 32);
      StackInterface target = requiredDevice();
      requirePrivilege();
      if (target.address().filter(prefix::equals).isPresent()) {
        answer("File exists");
      }
      target.address(prefix, self.now());
      target.announce(self.now());
    }

    private void deleteAddress() {
      Ipv4Prefix prefix = prefix(next("need an address"), 32);
      StackInterface target = requiredDevice();
      requirePrivilege();
      boolean own =
          target.address().filter(has -> has.address().equals(prefix.address())).isPresent();
      if (!own) {
        answer("Cannot assign requested address");
      }
      target.removeAddress(self.now());
    }

    void link(String action) {
      switch (completed(action, "set", "show", "list", "lst")) {
        case "set" -> setLink();
        case "show", "list", "lst" -> show.links(shownDevice());
        default -> invalid(action);
      }
    }

    private void setLink() {
      String name = next("need \"dev IFACE\"");
      if (name.equals("dev")) {
        name = next("need \"dev IFACE\"");
      }
      Optional<StackInterface> target = stack.findInterface(name);
      if (target.isEmpty()) {
        USAGE.fail(self, "SIOCGIFFLAGS: No such device");
      }
      Privilege.require(self, USAGE, "SIOCSIFFLAGS");
      while (!words.isEmpty()) {
        String word = words.removeFirst();
        switch (word) {
          case "up" -> target.orElseThrow().up(true, self.now());
          case "down" -> target.orElseThrow().up(false, self.now());
          case "qlen" -> target.orElseThrow().nic().txQueueLength(number());
          case "arp", "multicast", "promisc" -> next("need on or off");
          default ->
              USAGE.fail(self, "either \"dev\" is duplicate, or \"" + word + "\" is garbage");
        }
      }
    }

    private void requirePrivilege() {
      if (!self.host().isNetworkAdmin()) {
        answer(Privilege.REFUSAL);
      }
    }

    private int number() {
      String text = next("need a number");
      if (!text.matches("[0-9]{1,6}")) {
        USAGE.fail(self, "invalid number '" + text + "'");
      }
      return Integer.parseInt(text);
    }

    void route(String action) {
      switch (completed(action, "show", "list", "lst", "add", "del", "get")) {
        case "show", "list", "lst" -> show.routes(device());
        case "add" -> {
          RouteChange change = routeChange();
          requirePrivilege();
          change.add().ifPresent(this::answer);
        }
        case "del" -> {
          RouteChange change = routeChange();
          requirePrivilege();
          change.delete().ifPresent(this::answer);
        }
        case "get" -> show.routeTo(addressOf(next("need a destination address")));
        default -> invalid(action);
      }
    }

    private RouteChange routeChange() {
      Ipv4Prefix destination = Route.DEFAULT;
      Optional<Ipv4Address> gateway = Optional.empty();
      Optional<String> device = Optional.empty();
      int metric = 0;
      while (!words.isEmpty()) {
        String word = words.removeFirst();
        switch (word) {
          case "via" -> gateway = Optional.of(addressOf(next("need an address")));
          case "dev" -> device = Optional.of(next("need \"dev IFACE\""));
          case "metric" -> metric = number();
          case "src", "scope", "proto" -> next("need a value");
          case "default" -> {}
          default -> destination = prefix(word, 32).network();
        }
      }
      if (device.isPresent() && stack.findInterface(device.get()).isEmpty()) {
        USAGE.fail(self, "can't find device '" + device.get() + "'");
      }
      return new RouteChange(stack, destination, gateway, device, metric);
    }

    void neighbours(String action) {
      switch (completed(action, "show", "list", "lst", "flush")) {
        case "show", "list", "lst" -> show.neighbours(device());
        case "flush" ->
            device()
                .map(List::of)
                .orElseGet(stack::interfaces)
                .forEach(stack.neighbours()::removeVia);
        default -> invalid(action);
      }
    }

    /** The interface that the rest of the command line names, if it does. */
    private Optional<NetDevice> shownDevice() {
      if (words.isEmpty()) {
        return Optional.empty();
      }
      String word = words.removeFirst();
      String name = word.equals("dev") ? next("need \"dev IFACE\"") : word;
      Optional<NetDevice> device = NetDevice.find(self.host(), name);
      if (device.isEmpty()) {
        USAGE.fail(self, "can't find device '" + name + "'");
      }
      return device;
    }

    /** The stack's interface that the rest of the command line names after dev, if it does. */
    private Optional<StackInterface> device() {
      if (words.isEmpty()) {
        return Optional.empty();
      }
      String word = words.removeFirst();
      if (!word.equals("dev")) {
        USAGE.fail(self, "either \"to\" is duplicate, or \"" + word + "\" is garbage");
      }
      String name = next("need \"dev IFACE\"");
      Optional<StackInterface> device = stack.findInterface(name);
      if (device.isEmpty()) {
        USAGE.fail(self, "can't find device '" + name + "'");
      }
      return device;
    }

    private StackInterface requiredDevice() {
      while (!words.isEmpty() && !words.getFirst().equals("dev")) {
        words.removeFirst();
      }
      if (words.isEmpty()) {
        USAGE.fail(self, "need \"dev IFACE\"");
      }
      return device().orElseThrow();
    }

    private String next(String complaint) {
      if (words.isEmpty()) {
        USAGE.fail(self, complaint);
      }
      return words.removeFirst();
    }

    private Ipv4Prefix prefix(String text, int length) {
      try {
        return Ipv4Prefix.parse(text.contains("/") ? text : text + "/" + length);
      } catch (IllegalArgumentException invalid) {
        USAGE.fail(self, "an inet prefix is expected rather than \"" + text + "\"");
        return Route.DEFAULT;
      }
    }

    private Ipv4Address addressOf(String text) {
      return prefix(text, 32).address();
    }

    private void answer(String text) {
      self.printError("ip: RTNETLINK answers: " + text + "\n");
      self.exit(2);
    }

    private void invalid(String action) {
      USAGE.fail(self, "invalid argument '" + action + "' to 'ip'");
    }
  }
}

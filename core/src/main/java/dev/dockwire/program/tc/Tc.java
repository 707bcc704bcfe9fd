package dev.dockwire.program.tc;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.link.Nic;
import dev.dockwire.link.netem.Chance;
import dev.dockwire.link.netem.Delay;
import dev.dockwire.link.netem.Loss;
import dev.dockwire.link.netem.Netem;
import dev.dockwire.link.netem.NetemOptions;
import dev.dockwire.stack.StackInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code tc qdisc add|change|replace|del|show dev DEV root netem ...}: impairs what this host sends
 * by one of its interfaces, and shows it. Of all queueing disciplines there are netem and none.
 */
public final class Tc implements Program {

  private static final String USAGE =
      """
      Usage: tc [ OPTIONS ] OBJECT { COMMAND | help }
      where  OBJECT := { qdisc }
             OPTIONS := { -s[tatistics] }

      Usage: tc qdisc [ add | del | replace | change | show ] dev STRING
             [ root ] [ [ netem ] [ help | OPTIONS ] ]\
      """;

  private static final String PRIORITIES = "bands 3 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1 1 1 1";
  private static final int FIRST_HANDLE = 0x8001;

  @Override
  public int run(Process self) {
    try {
      self.print(execute(self));
      return 0;
    } catch (TcException e) {
      self.printError(e.getMessage());
      return e.status();
    }
  }

  private static String execute(Process self) throws TcException {
    List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
    boolean statistics =
        words.removeIf(word -> word.length() > 1 && "-statistics".startsWith(word));
    String object = words.isEmpty() ? "help" : words.removeFirst();
    if (object.equals("help") || words.equals(List.of("help"))) {
      throw TcException.help(USAGE);
    }
    if (!"qdisc".startsWith(object)) {
      throw TcException.incomplete("Object \"" + object + "\" is unknown, try \"tc help\".");
    }
    String command = words.isEmpty() ? "show" : words.removeFirst();
    return switch (command) {
      case "show", "ls", "list" -> show(self, words, statistics);
      case "add", "change", "replace", "del", "delete" -> {
        modify(self, command, words);
        yield "";
      }
      default ->
          throw TcException.incomplete(
              "Command \"" + command + "\" is unknown, try \"tc qdisc help\".");
    };
  }

  private static void modify(Process self, String command, List<String> words) throws TcException {
    Request request = Request.parse(words);
    Optional<StackInterface> found =
        request.device().isEmpty()
            ? Optional.empty()
            : self.host().stack().findInterface(request.device());
    Optional<Netem> present = found.map(StackInterface::nic).flatMap(Tc::netemOf);
    NetemOptions options =
        NetemArguments.parse(
            request.netemWords(), present.map(Netem::options).orElse(NetemOptions.NONE));
    if (request.device().isEmpty()) {
      throw TcException.refused("RTNETLINK answers: No such device");
    }
    if (found.isEmpty()) {
      throw noDevice(request.device());
    }
    if (!self.host().isNetworkAdmin()) {
      throw TcException.refused("RTNETLINK answers: Operation not permitted");
    }
    if (!request.root()) {
      throw TcException.refused("Error: Handle cannot be zero.");
    }
    Nic nic = found.get().nic();
    if (command.startsWith("del")) {
      if (present.isEmpty()) {
        throw TcException.refused("Error: Cannot delete qdisc with handle of zero.");
      }
      nic.qdisc(null);
    } else {
      set(self, command, nic, request, options, present);
    }
  }

  private static void set(
      Process self,
      String command,
      Nic nic,
      Request request,
      NetemOptions options,
      Optional<Netem> present)
      throws TcException {
    if (!request.kind().equals("netem")) {
      throw TcException.refused("Error: Specified qdisc kind is unknown.");
    }
    if (command.equals("add") && present.isPresent()) {
      throw TcException.refused("Error: Exclusivity flag on, cannot modify.");
    }
    if (command.equals("change") && present.isEmpty()) {
      throw TcException.refused("Error: Qdisc not found. To create specify NLM_F_CREATE flag.");
    }
    if (present.isPresent()) {
      present.get().options(options);
      return;
    }
    nic.qdisc(
        new Netem(
            nic,
            options,
            self.world().timers(),
            self.world().seed().generator("netem/" + nic.label())));
  }

  /** What stands before an interface's wire, as {@code ip link} says it too. */
  public static String kindOf(StackInterface shown) {
    if (netemOf(shown.nic()).isPresent()) {
      return "netem";
    }
    boolean noQueue = shown.isLoopback() || shown.nic().txQueueLength() == 0;
    return noQueue ? "noqueue" : "pfifo_fast";
  }

  private static Optional<Netem> netemOf(Nic nic) {
    return nic.qdisc() instanceof Netem netem ? Optional.of(netem) : Optional.empty();
  }

  private static TcException noDevice(String name) {
    return TcException.usage("Cannot find device \"" + name + "\"");
  }

  private static String show(Process self, List<String> words, boolean statistics)
      throws TcException {
    Request request = Request.parse(words);
    List<StackInterface> interfaces = self.host().stack().interfaces();
    if (!request.device().isEmpty()) {
      interfaces =
          List.of(
              self.host()
                  .stack()
                  .findInterface(request.device())
                  .orElseThrow(() -> noDevice(request.device())));
    }
    StringBuilder text = new StringBuilder();
    int handle = FIRST_HANDLE;
    for (StackInterface shown : self.host().stack().interfaces()) {
      Optional<Netem> netem = netemOf(shown.nic());
      String own = netem.isPresent() ? Integer.toHexString(handle++) : "0";
      if (interfaces.contains(shown)) {
        String device = request.device().isEmpty() ? "dev " + shown.name() + " " : "";
        text.append("qdisc " + kindOf(shown) + " " + own + ": " + device + "root refcnt 2 ");
        netem.ifPresent(each -> text.append(describe(each.options())));
        text.append(kindOf(shown).equals("pfifo_fast") ? PRIORITIES : "");
        text.append('\n');
        if (statistics) {
          text.append(statistics(netem));
        }
      }
    }
    return text.toString();
  }

  private static String describe(NetemOptions options) {
    StringBuilder text = new StringBuilder("limit " + options.limit());
    Delay delay = options.delay();
    if (delay.nanos() != 0) {
      text.append(" delay ").append(Units.time(delay.nanos()));
      if (delay.jitterNanos() != 0) {
        text.append("  ").append(Units.time(delay.jitterNanos()));
        append(text, delay.correlation());
      }
    }
    switch (options.loss()) {
      case Loss.Random(Chance chance) -> append(text, "loss", chance);
      case Loss.GilbertElliott model ->
          text.append(" loss gemodel p ")
              .append(Units.percent(model.toBad()))
              .append(" r ")
              .append(Units.percent(model.toGood()))
              .append(" 1-h ")
              .append(Units.percent(model.lossWhileBad()))
              .append(" 1-k ")
              .append(Units.percent(model.lossWhileGood()));
    }
    append(text, "duplicate", options.duplicate());
    append(text, "reorder", options.reorder());
    append(text, "corrupt", options.corrupt());
    if (options.rateBitsPerSecond() != 0) {
      text.append(" rate ").append(Units.rate(options.rateBitsPerSecond()));
    }
    if (options.gap() != 0) {
      text.append(" gap ").append(options.gap());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, Chance chance) {
    if (chance.probability() != 0) {
      text.append(' ').append(name).append(' ').append(Units.percent(chance.probability()));
      append(text, chance.correlation());
    }
  }

  private static void append(StringBuilder text, double correlation) {
    if (correlation != 0) {
      text.append(' ').append(Units.percent(correlation));
    }
  }

  private static String statistics(Optional<Netem> netem) {
    return String.format(
        Locale.ROOT,
        """
         Sent %d bytes %d pkt (dropped %d, overlimits 0 requeues 0)\s
         backlog %db %dp requeues 0
        """,
        netem.map(Netem::sentBytes).orElse(0L),
        netem.map(Netem::sentFrames).orElse(0L),
        netem.map(Netem::droppedFrames).orElse(0L),
        netem.map(Netem::heldBytes).orElse(0L),
        netem.map(Netem::heldFrames).orElse(0));
  }

  /** What a command is about. */
  private record Request(String device, boolean root, String kind, List<String> netemWords) {

    static Request parse(List<String> words) throws TcException {
      String device = "";
      boolean root = false;
      for (int i = 0; i < words.size(); i++) {
        switch (words.get(i)) {
          case "dev" -> {
            if (++i == words.size()) {
              throw TcException.incomplete("Command line is not complete. Try option \"help\"");
            }
            device = words.get(i);
          }
          case "root" -> root = true;
          case "netem" -> {
            return new Request(device, root, "netem", words.subList(i + 1, words.size()));
          }
          default -> {
            return new Request(device, root, words.get(i), List.of());
          }
        }
      }
      return new Request(device, root, "", List.of());
    }
  }
}

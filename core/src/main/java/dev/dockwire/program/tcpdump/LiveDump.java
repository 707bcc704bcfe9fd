package dev.dockwire.program.tcpdump;

import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.capture.InterfaceTap;
import dev.dockwire.capture.TappedFrame;
import dev.dockwire.capture.filter.FrameFilter;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.StackInterface;
import java.util.List;

/** Frames of an interface, or of all of them, as they pass, until enough or a signal has come. */
final class LiveDump {

  private final Process self;
  private final Arguments arguments;
  private final WaitQueue arrived = new WaitQueue();
  private final List<StackInterface> interfaces;
  private final boolean onAny;
  private final long count;
  private InterfaceTap tap;
  private long captured;
  private boolean interrupted;

  LiveDump(Process self, Arguments arguments) {
    this.self = self;
    this.arguments = arguments;
    this.count = Tcpdump.number(self, arguments, 'c', "packet count", 1);
    Interfaces all = Interfaces.of(self.host());
    String name = arguments.value('i').map(all::nameOf).orElseGet(all::first);
    this.onAny = name.equals(Interfaces.ANY);
    this.interfaces = all.find(name);
    if (interfaces.isEmpty()) {
      self.printError("tcpdump: " + name + ": No such device exists\n(No such device exists)\n");
      self.exit(1);
    }
    if (!onAny && !interfaces.getFirst().isUp()) {
      Tcpdump.fail(self, name + ": That device is not up");
    }
    if (onAny) {
      self.printError("tcpdump: data link type LINUX_SLL2\n");
    }
  }

  int run() {
    HostNames names = new HostNames(self, onAny ? 0 : mask(interfaces.getFirst()));
    FrameFilter filter = Tcpdump.filter(self, arguments, names);
    FrameSink sink = Tcpdump.sink(self, arguments, names, onAny);
    tap = new InterfaceTap(filter, way(), Tcpdump.snapLength(self, arguments), arrived::wakeAll);
    self.onEnd(tap::close);
    for (StackInterface each : interfaces) {
      tap.listen(each.nic());
      if (!onAny && !arguments.has('p')) {
        tap.listenToBridge(each.nic(), self.world().fabric());
      }
    }
    for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.HUP)) {
      self.onSignal(signal, () -> interrupted = true);
    }
    self.printError(opening());
    pass(sink);
    tap.close();
    sink.end();
    if (interrupted) {
      // A line may have been half printed.
      self.print("\n");
    }
    self.printError(account());
    return 0;
  }

  private static int mask(StackInterface only) {
    return only.address().map(prefix -> prefix.mask()).orElse(0);
  }

  private InterfaceTap.Way way() {
    String text = arguments.value('Q').orElse("inout");
    return switch (text) {
      case "in" -> InterfaceTap.Way.INBOUND;
      case "out" -> InterfaceTap.Way.OUTBOUND;
      case "inout" -> InterfaceTap.Way.BOTH;
      default -> {
        Tcpdump.fail(self, "unknown capture direction '" + text + "'");
        yield InterfaceTap.Way.BOTH;
      }
    };
  }

  private String opening() {
    boolean plain = arguments.value('w').isEmpty() && !arguments.has('v');
    String name = onAny ? Interfaces.ANY : interfaces.getFirst().name();
    return "tcpdump: "
        + (plain ? "verbose output suppressed, use -v[v]... for full protocol decode\n" : "")
        + "listening on "
        + name
        + ", link-type "
        + (onAny ? "LINUX_SLL2 (Linux cooked v2)" : "EN10MB (Ethernet)")
        + ", snapshot length "
        + Tcpdump.snapLength(self, arguments)
        + " bytes\n";
  }

  private void pass(FrameSink sink) {
    long epochNanos = self.world().epochNanos() - self.world().now();
    while (!interrupted && !isEnough()) {
      self.await(arrived, () -> !tap.isEmpty());
      while (!tap.isEmpty() && !isEnough()) {
        TappedFrame frame = tap.take();
        sink.take(captured(frame, epochNanos), indexOf(frame.nic()));
        captured++;
      }
      sink.pause();
    }
  }

  private boolean isEnough() {
    return count > 0 && captured >= count;
  }

  private static CapturedFrame captured(TappedFrame frame, long epochNanos) {
    return new CapturedFrame(
        frame.nic().name(),
        epochNanos + frame.now(),
        frame.bytes(),
        frame.length(),
        frame.direction(),
        "");
  }

  private int indexOf(Nic nic) {
    for (StackInterface each : interfaces) {
      if (each.nic() == nic) {
        return each.index();
      }
    }
    return 0;
  }

  private String account() {
    return counted(captured, "captured")
        + counted(tap.received(), "received by filter")
        + counted(tap.dropped(), "dropped by kernel");
  }

  private static String counted(long frames, String what) {
    return frames + (frames == 1 ? " packet " : " packets ") + what + "\n";
  }
}

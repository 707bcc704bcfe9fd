package dev.dockwire.program.tc;

import dev.dockwire.host.NetDevice;
import dev.dockwire.host.Process;
import dev.dockwire.link.Qdisc;
import dev.dockwire.link.QdiscCounters;
import dev.dockwire.link.netem.Netem;
import dev.dockwire.link.tbf.Tbf;
import java.util.List;
import java.util.Locale;

/** What {@code tc qdisc show} shows: one line for each interface, with {@code -s} its counters. */
final class QdiscList {

  private static final String PRIORITIES = "bands 3 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1 1 1 1";
  private static final QdiscCounters NONE = new QdiscCounters();

  private QdiscList() {}

  static String of(Process self, Words words, boolean statistics) throws TcException {
    Request request = Request.toShow(words);
    StringBuilder text = new StringBuilder();
    for (NetDevice each : devices(self, request)) {
      Qdisc qdisc = each.qdisc();
      int handle = qdisc == null ? 0 : qdisc.handle();
      if (request.parent() == 0 && (request.handle() == 0 || request.handle() == handle)) {
        text.append("qdisc ").append(Tc.kindOf(each)).append(' ');
        text.append(Integer.toHexString(handle)).append(": ");
        text.append(request.device().isEmpty() ? "dev " + each.name() + " " : "");
        text.append("root refcnt 2 ").append(options(each)).append('\n');
        text.append(statistics ? statistics(qdisc) : "");
      }
    }
    return text.toString();
  }

  private static List<NetDevice> devices(Process self, Request request) throws TcException {
    if (request.device().isEmpty()) {
      return NetDevice.of(self.host());
    }
    return List.of(
        NetDevice.find(self.host(), request.device())
            .orElseThrow(() -> Tc.noDevice(request.device())));
  }

  private static String options(NetDevice shown) {
    if (shown.qdisc() instanceof Netem netem) {
      return NetemText.of(netem.options());
    }
    if (shown.qdisc() instanceof Tbf tbf) {
      return TbfText.of(tbf);
    }
    return Tc.kindOf(shown).equals("pfifo_fast") ? PRIORITIES : "";
  }

  private static String statistics(Qdisc qdisc) {
    QdiscCounters counters = qdisc == null ? NONE : qdisc.counters();
    return String.format(
        Locale.ROOT,
        """
         Sent %d bytes %d pkt (dropped %d, overlimits %d requeues %d)\s
         backlog %s %dp requeues %d
        """,
        counters.sentBytes(),
        counters.sentFrames(),
        counters.dropped(),
        counters.overLimits(),
        counters.requeues(),
        Units.size(qdisc == null ? 0 : qdisc.heldBytes()),
        qdisc == null ? 0 : qdisc.heldFrames(),
        counters.requeues());
  }
}

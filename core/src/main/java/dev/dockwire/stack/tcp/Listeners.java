package dev.dockwire.stack.tcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ports of a host that listen, each at one of its addresses or at all of them. */
final class Listeners {

  private static final Comparator<ListenQueue> ORDER =
      Comparator.comparingInt(ListenQueue::localPort)
          .thenComparing(ListenQueue::localAddress, Integer::compareUnsigned);

  private Map<Integer, List<ListenQueue>> byPort = Map.of();
  private int size;

  /** Who listens there: at this very address, or else at all of them; null if nobody does. */
  ListenQueue find(int address, int tcpPort) {
    ListenQueue any = null;
    for (ListenQueue each : at(tcpPort)) {
      if (each.localAddress() == address) {
        return each;
      }
      any = each.localAddress() == 0 ? each : any;
    }
    return any;
  }

  /** Whether somebody could listen there; 0 stands for all addresses. */
  boolean isFree(int address, int tcpPort) {
    for (ListenQueue each : at(tcpPort)) {
      if (address == 0 || each.localAddress() == 0 || each.localAddress() == address) {
        return false;
      }
    }
    return true;
  }

  /** Whether anybody listens on a port, at whatever address. */
  boolean isTaken(int tcpPort) {
    return byPort.containsKey(tcpPort);
  }

  void add(ListenQueue queue) {
    if (byPort.isEmpty()) {
      byPort = new HashMap<>();
    }
    byPort.computeIfAbsent(queue.localPort(), any -> new ArrayList<>(1)).add(queue);
    size++;
  }

  void remove(ListenQueue queue) {
    List<ListenQueue> there = at(queue.localPort());
    if (there.remove(queue)) {
      size--;
      if (there.isEmpty()) {
        byPort.remove(queue.localPort());
      }
    }
  }

  private List<ListenQueue> at(int tcpPort) {
    return byPort.getOrDefault(tcpPort, List.of());
  }

  int size() {
    return size;
  }

  /** By port, then by address. */
  List<ListenQueue> list() {
    return byPort.values().stream().flatMap(List::stream).sorted(ORDER).toList();
  }
}

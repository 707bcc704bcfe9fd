package dev.dockwire.program.probe;

import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.stack.SendResult;

/** Sends probes of one kind for {@link Traceroute} and waits for what comes back. */
abstract sealed class Prober permits UdpProber, EchoProber {

  private final Process self;
  private final WaitQueue arrived = new WaitQueue();
  private int answeredSequence;
  private ProbeAnswer answer;

  Prober(Process self) {
    this.self = self;
  }

  /** Has probes leave from an address of the host; returns whether that can be. */
  abstract boolean bind(int source);

  /**
   * Sends a probe.
   *
   * @param length octets of the packet, its IP header included
   */
  abstract SendResult send(int destination, int ttl, int sequence, int length, long now);

  /** On the stack's turn: something about a probe has come. */
  final void answered(int sequence, ProbeAnswer what) {
    answeredSequence = sequence;
    answer = what;
    arrived.wakeAll();
  }

  /** What came back for a probe; null if nothing has by the deadline. */
  final ProbeAnswer answer(int sequence, long deadline) {
    boolean any =
        self.await(arrived, () -> answer != null && answeredSequence == sequence, deadline);
    ProbeAnswer taken = any ? answer : null;
    answer = null;
    return taken;
  }
}

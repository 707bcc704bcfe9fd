package dev.dockwire.program.nc;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries bytes both ways at once: from standard input to a peer and from the peer to standard
 * output. Whoever runs it decides when that is over: {@link #await} waits for something to do, and
 * {@link #move} does it.
 */
final class Relay {

  private static final int BUFFER = 16_384;

  private final Process self;
  private final Peer peer;
  private final Input input;
  private final byte[] outbound = new byte[BUFFER];
  private final byte[] inbound = new byte[BUFFER];
  private int outboundAt;
  private int outboundEnd;
  private boolean inputEnded;
  private boolean peerEnded;
  private long sent;
  private long received;

  Relay(Process self, Peer peer) {
    this.self = self;
    this.peer = peer;
    this.input = self.stdio().in();
  }

  /** Reads nothing from standard input. */
  void withoutInput() {
    inputEnded = true;
  }

  /**
   * Waits until {@link #move} has something to do.
   *
   * @return false if that has not come by the deadline
   */
  boolean await(long deadline) {
    while (!canMove() && self.now() < deadline) {
      List<WaitQueue> ofInput = input.changes();
      List<WaitQueue> changes = new ArrayList<>(ofInput);
      changes.add(peer.changed());
      self.await(changes, () -> canMove() || !input.changes().equals(ofInput), deadline);
    }
    return canMove();
  }

  private boolean canMove() {
    boolean canSend = hasOutbound() ? peer.isWritable() : !inputEnded && input.isReadable();
    return canSend || !peerEnded && peer.isReadable();
  }

  /**
   * Moves what can be moved, each way.
   *
   * @throws IOException if the peer takes no more, or has broken the connection
   */
  void move() throws IOException {
    if (!peerEnded && peer.isReadable()) {
      receive();
    }
    if (!hasOutbound() && !inputEnded && input.isReadable()) {
      int count = input.read(self, outbound, 0, outbound.length);
      inputEnded = count < 0;
      outboundAt = 0;
      outboundEnd = Math.max(0, count);
    }
    if (hasOutbound() && peer.isWritable()) {
      int count = peer.write(outbound, outboundAt, outboundEnd - outboundAt);
      outboundAt += count;
      sent += count;
    }
  }

  private void receive() throws IOException {
    int count;
    try {
      count = peer.read(inbound, 0, inbound.length);
    } catch (IOException broken) {
      peerEnded = true;
      throw broken;
    }
    if (count < 0) {
      peerEnded = true;
    } else {
      self.stdio().out().write(self, inbound, 0, count);
      received += count;
    }
  }

  private boolean hasOutbound() {
    return outboundAt < outboundEnd;
  }

  /** Whether standard input has ended and all of it has been sent. */
  boolean isAllSent() {
    return inputEnded && !hasOutbound();
  }

  boolean peerEnded() {
    return peerEnded;
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }
}

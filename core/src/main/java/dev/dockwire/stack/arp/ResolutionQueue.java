package dev.dockwire.stack.arp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.HostStack;

/**
 * The packets of one host that wait until their neighbour's address is known (RFC 1122, section
 * 2.3.2.2), as whole frames that lack only their destination. Bounded for each neighbour and for
 * the host; the oldest one gives way and is counted as {@code arp.queue_drop}.
 */
final class ResolutionQueue {

  static final int MAX_FRAMES_PER_NEIGHBOUR = 64;
  static final int MAX_BYTES_PER_NEIGHBOUR = 256 * 1024;
  static final int MAX_FRAMES = 4_096;

  /** A frame that waits, in its neighbour's queue and in the order of all of the host's. */
  static final class Held {
    final NeighbourEntry neighbour;
    final byte[] frame;
    private Held nextForNeighbour;
    private Held older;
    private Held newer;

    Held(NeighbourEntry neighbour, byte[] frame) {
      this.neighbour = neighbour;
      this.frame = frame;
    }
  }

  private final HostStack stack;
  private Held oldest;
  private Held newest;
  private int frames;

  ResolutionQueue(HostStack stack) {
    this.stack = stack;
  }

  /** Keeps a frame, which belongs to the queue from now on. */
  void hold(NeighbourEntry neighbour, byte[] frame) {
    while (neighbour.heldFrames >= MAX_FRAMES_PER_NEIGHBOUR
        || neighbour.heldFrames > 0
            && neighbour.heldBytes + frame.length > MAX_BYTES_PER_NEIGHBOUR) {
      dropFirst(neighbour);
    }
    if (frames >= MAX_FRAMES) {
      dropFirst(oldest.neighbour);
    }
    append(new Held(neighbour, frame));
  }

  boolean holdsFor(NeighbourEntry neighbour) {
    return neighbour.heldFrames > 0;
  }

  /** Gives back the frame that has waited longest for this neighbour. */
  byte[] takeFirst(NeighbourEntry neighbour) {
    Held held = neighbour.firstHeld;
    neighbour.firstHeld = held.nextForNeighbour;
    if (neighbour.firstHeld == null) {
      neighbour.lastHeld = null;
    }
    neighbour.heldFrames--;
    neighbour.heldBytes -= held.frame.length;
    unlink(held);
    return held.frame;
  }

  void dropAll(NeighbourEntry neighbour) {
    while (holdsFor(neighbour)) {
      dropFirst(neighbour);
    }
  }

  int frames() {
    return frames;
  }

  private void dropFirst(NeighbourEntry neighbour) {
    takeFirst(neighbour);
    stack.lose(DropReason.ARP_QUEUE_DROP);
  }

  private void append(Held held) {
    NeighbourEntry neighbour = held.neighbour;
    if (neighbour.lastHeld == null) {
      neighbour.firstHeld = held;
    } else {
      neighbour.lastHeld.nextForNeighbour = held;
    }
    neighbour.lastHeld = held;
    neighbour.heldFrames++;
    neighbour.heldBytes += held.frame.length;
    held.older = newest;
    if (newest == null) {
      oldest = held;
    } else {
      newest.newer = held;
    }
    newest = held;
    frames++;
  }

  private void unlink(Held held) {
    if (held.older == null) {
      oldest = held.newer;
    } else {
      held.older.newer = held.newer;
    }
    if (held.newer == null) {
      newest = held.older;
    } else {
      held.newer.older = held.older;
    }
    frames--;
  }
}

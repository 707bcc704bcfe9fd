package dev.dockwire.stack.icmp;

import dev.dockwire.frame.IcmpView;

/** Who sent echo requests under an identifier, and is told what comes back. */
public interface EchoListener {

  int identifier();

  /** A reply has arrived. */
  void onMessage(int source, int ttl, IcmpView message, long now);

  /** An error that quotes one of the requests has arrived. */
  void onError(
      int source, int ttl, IcmpView error, int quotedDestination, int quotedSequence, long now);
}

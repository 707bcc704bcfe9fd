package dev.dockwire.tools.daemon;

import dev.dockwire.host.Process;

/** When what a request has changed is safe, so that the client may be told. */
@FunctionalInterface
interface Durability {

  /** Nothing outlives the daemon. */
  Durability NONE = _ -> {};

  /** Returns when all that has changed so far will outlive the daemon, or never can. */
  void await(Process self);
}

package dev.dockwire.program.tc;

import dev.dockwire.host.Process;
import dev.dockwire.link.Nic;
import dev.dockwire.link.Qdisc;

/** The options of one kind of qdisc, as they were read. */
interface QdiscArguments {

  /** A new qdisc with these options. */
  Qdisc create(Process self, Nic nic, int handle) throws TcException;

  /** Sets the options of a qdisc of the same kind. */
  void change(Qdisc present) throws TcException;
}

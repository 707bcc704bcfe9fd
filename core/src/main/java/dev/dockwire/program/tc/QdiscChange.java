package dev.dockwire.program.tc;

import dev.dockwire.host.NetDevice;
import dev.dockwire.host.Process;
import dev.dockwire.link.Qdisc;

/**
 * A change of a device's root qdisc, with the conditions and complaints of Linux's {@code
 * net/sched/sch_api.c}.
 *
 * @param create whether there may be none yet
 * @param replace whether there may be another one
 * @param exclusive whether there must be none yet
 */
record QdiscChange(Process self, boolean create, boolean replace, boolean exclusive) {

  void carryOut(Words words) throws TcException {
    Request request = Request.toModify(words);
    NetDevice device = device(self, request);
    Qdisc present = device.qdisc();
    if (request.parent() != 0) {
      throw TcException.refused("Error: Failed to find specified qdisc.");
    }
    if (!request.root() && request.handle() == 0) {
      throw TcException.refused("Error: Handle cannot be zero.");
    }
    boolean same = present != null && present.handle() == request.handle();
    if (!request.root() && !same) {
      throw TcException.refused("Error: Specified qdisc not found.");
    }
    if (present != null && !same && request.handle() != 0 && !replace) {
      throw TcException.refused("Error: NLM_F_REPLACE needed to override.");
    }
    boolean otherKind =
        present != null && !request.kind().isEmpty() && !request.kind().equals(present.kind());
    boolean another = !same && (request.handle() != 0 || create && replace && otherKind);
    if (present == null || another) {
      graft(device, request);
    } else {
      change(present, request, otherKind);
    }
  }

  private void graft(NetDevice device, Request request) throws TcException {
    if (!create) {
      throw TcException.refused("Error: Qdisc not found. To create specify NLM_F_CREATE flag.");
    }
    if (request.arguments() == null) {
      throw TcException.refused("Error: Specified qdisc kind is unknown.");
    }
    int handle = request.handle() == 0 ? self.world().qdiscHandles().next() : request.handle();
    device.qdisc(request.arguments().create(self, device.nic(), handle));
  }

  private void change(Qdisc present, Request request, boolean otherKind) throws TcException {
    if (exclusive) {
      throw TcException.refused("Error: Exclusivity flag on, cannot modify.");
    }
    if (otherKind) {
      throw TcException.refused("Error: Invalid qdisc name: must match existing qdisc.");
    }
    if (request.arguments() != null) {
      request.arguments().change(present);
    }
  }

  /** Takes the root qdisc away. */
  static void delete(Process self, Words words) throws TcException {
    Request request = Request.toModify(words);
    NetDevice device = device(self, request);
    Qdisc present = device.qdisc();
    int handle = present == null ? 0 : present.handle();
    if (request.parent() != 0) {
      throw TcException.refused("Error: Failed to find qdisc with specified classid.");
    }
    if (!request.root() && (request.handle() == 0 || request.handle() != handle)) {
      throw TcException.refused("Error: Failed to find qdisc with specified handle.");
    }
    if (request.handle() != 0 && request.handle() != handle) {
      throw TcException.refused("Error: Invalid handle.");
    }
    boolean sameKind = present != null && present.kind().equals(request.kind());
    if (!request.kind().isEmpty() && !sameKind) {
      throw TcException.refused("Error: Invalid qdisc name: must match existing qdisc.");
    }
    if (!request.root()) {
      throw TcException.refused("Error: Classid cannot be zero.");
    }
    if (present == null) {
      throw TcException.refused("Error: Cannot delete qdisc with handle of zero.");
    }
    device.qdisc(null);
  }

  private static NetDevice device(Process self, Request request) throws TcException {
    if (request.device().isEmpty()) {
      throw TcException.refused("RTNETLINK answers: No such device");
    }
    NetDevice device =
        NetDevice.find(self.host(), request.device())
            .orElseThrow(() -> Tc.noDevice(request.device()));
    if (!self.host().isNetworkAdmin()) {
      throw TcException.refused("RTNETLINK answers: Operation not permitted");
    }
    return device;
  }
}

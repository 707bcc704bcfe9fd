package dev.dockwire.bench;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Medium;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Worker;
import java.util.random.RandomGenerator;

/**
 * Addresses spread over up to 64 ports of a bridge, all learnt; each address talks to another one
 * every round. Sizes are those on the wire, with the four octets of frame check sequence that never
 * are in memory here: 64 means 60 bytes.
 */
final class SwitchedNetwork {

  static final int BATCH = 256;

  private static final int FRAME_CHECK_SEQUENCE = 4;
  private static final int MAX_PORTS = 64;

  private final int length;
  private final byte[] payload;
  private final long[] macs;
  private final Nic[] nics;
  private long delivered;
  private int from;
  private int round;

  <M extends Medium & Worker> SwitchedNetwork(M medium, int size, int addresses) {
    length = size - FRAME_CHECK_SEQUENCE;
    payload = new byte[length - EthernetView.HEADER_LENGTH];
    macs = new long[addresses];
    nics = new Nic[Math.min(addresses, MAX_PORTS)];
    RandomGenerator random = new Seed(1).generator("addresses");
    Bridge bridge = new Bridge("br0");
    for (int i = 0; i < nics.length; i++) {
      nics[i] = new Nic("eth" + i, new MacAddress(i), 1_500, medium);
      nics[i].handler((_, _, _) -> delivered++);
      bridge.attach("port" + i, nics[i]);
    }
    for (int i = 0; i < addresses; i++) {
      macs[i] = 0x0242_0000_0000L | random.nextInt() & 0xffff_ffffL;
      send(i, i ^ addresses - 1, 0);
      medium.doWork(0);
    }
  }

  int length() {
    return length;
  }

  Nic nic(int index) {
    return nics[index];
  }

  long mac(int index) {
    return macs[index];
  }

  /** How many frames have reached their NIC. */
  long delivered() {
    return delivered;
  }

  void sendBatch(long now) {
    int last = macs.length - 1;
    for (int i = 0; i < BATCH; i++) {
      // Another partner each round, never on the same port.
      send(from, (from ^ last) ^ (round * nics.length & last), now);
      from = from + 1 & last;
      if (from == 0) {
        round++;
      }
    }
  }

  private void send(int source, int destination, long now) {
    Nic nic = nics[source & nics.length - 1];
    FrameSlot slot = nic.claim(length);
    byte[] bytes = slot.bytes();
    int offset = slot.offset();
    EthernetView.emitHeader(bytes, offset, macs[destination], macs[source], EthernetView.TYPE_IPV4);
    System.arraycopy(payload, 0, bytes, offset + EthernetView.HEADER_LENGTH, payload.length);
    nic.publish(slot, length, now);
  }
}

package dev.dockwire.link;

/**
 * The counters of a NIC that {@code ifconfig} shows. Bytes count the Ethernet header, not the frame
 * check sequence.
 */
public final class NicCounters {

  private final Nic nic;

  NicCounters(Nic nic) {
    this.nic = nic;
  }

  public long rxPackets() {
    return nic.rxPackets;
  }

  public long rxBytes() {
    return nic.rxBytes;
  }

  public long rxDropped() {
    return nic.rxDropped;
  }

  public long txPackets() {
    return nic.txPackets;
  }

  public long txBytes() {
    return nic.txBytes;
  }

  public long txDropped() {
    return nic.drops().total();
  }
}

package dev.dockwire.link;

/** The counters that {@code ifconfig} shows. Bytes count the Ethernet header, not the FCS. */
public final class NicCounters {

  long rxPackets;
  long rxBytes;
  long rxDropped;
  long txPackets;
  long txBytes;
  long txDropped;

  NicCounters() {}

  public long rxPackets() {
    return rxPackets;
  }

  public long rxBytes() {
    return rxBytes;
  }

  public long rxDropped() {
    return rxDropped;
  }

  public long txPackets() {
    return txPackets;
  }

  public long txBytes() {
    return txBytes;
  }

  public long txDropped() {
    return txDropped;
  }
}

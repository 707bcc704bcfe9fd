package dev.dockwire.bridge;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Loop;
import dev.dockwire.time.VirtualClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stations on a bridge in virtual time. Each notes what reaches it. */
final class Lan {

  static final long BROADCAST = MacAddress.BROADCAST.value();
  static final long A = 0x0242_ac11_0002L;
  static final long B = 0x0242_ac11_0003L;
  static final long C = 0x0242_ac11_0004L;

  final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  final Loop loop = new Loop(new VirtualClock());
  final Bridge bridge = new Bridge("br0");

  Lan() {
    loop.add(fabric);
  }

  Station station(long mac) {
    return new Station(mac, bridge);
  }

  Station station(long mac, Bridge on) {
    return new Station(mac, on);
  }

  Nic nic(String name) {
    return new Nic(name, MacAddress.ZERO, 1_500, fabric);
  }

  /** Lets time pass until {@code seconds} after the start. */
  void at(double seconds) {
    loop.runUntil((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
  }

  /** Lets everything that is on the wires arrive. */
  void settle() {
    loop.runUntil(() -> false);
  }

  final class Station {

    final Nic nic;
    final BridgePort port;
    final List<byte[]> heard = new ArrayList<>();

    private Station(long mac, Bridge on) {
      nic = new Nic("eth0", new MacAddress(mac), 1_500, fabric);
      nic.handler((_, frame, _) -> heard.add(copy(frame)));
      port = on.attach("p" + (on.portCount() + 1), nic);
    }

    /** Sends a frame of the least length that a wire would carry, and lets it arrive. */
    void send(long destination, long source) {
      transmit(frame(destination, source, 60));
    }

    /** Sends from its own address. */
    void sendTo(long destination) {
      send(destination, nic.mac().value());
    }

    void transmit(byte[] frame) {
      nic.transmit(frame, 0, frame.length, loop.now());
      settle();
    }

    /** How many frames it has heard since the last time it was asked. */
    int hears() {
      int count = heard.size();
      heard.clear();
      return count;
    }
  }

  static byte[] frame(long destination, long source, int length) {
    byte[] frame = new byte[Math.max(length, EthernetView.HEADER_LENGTH)];
    EthernetView.emitHeader(frame, 0, destination, source, 0x88b5);
    return Arrays.copyOf(frame, length);
  }

  private static byte[] copy(FrameSlot frame) {
    return Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.offset() + frame.length());
  }
}

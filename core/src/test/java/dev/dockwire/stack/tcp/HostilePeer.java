package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.Frames.icmpError;
import static dev.dockwire.stack.Frames.packet;

import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A peer that follows every connection of the host 10.0.0.1 and sends what no honest one would: any
 * flags, numbers around the edges of the windows, options that lie, ICMP errors about all that the
 * host has sent. Its numbers are close enough to the right ones to get past the first checks.
 */
final class HostilePeer {

  static final String HOST = "10.0.0.1";
  static final int ADDRESSES = 8;

  private static final int MAX_FLOWS = 64;
  private static final int[] WINDOWS = {0, 1, 100, 1_460, 8_192, 65_535};
  private static final int[] KINDS = {0, 1, 2, 3, 4, 5, 8, 19, 29, 34, 254};
  private static final int[] MTUS = {0, 1, 67, 68, 551, 552, 1_000, 1_499, 1_500, 65_535};
  private static final int[][] ERRORS = {
    {3, 0}, {3, 1}, {3, 2}, {3, 3}, {3, 4}, {3, 5}, {3, 13}, {4, 0}, {5, 1}, {11, 0}, {12, 0}
  };

  /** What the peer knows of a connection: its own next number and the host's. */
  private static final class Flow {

    final String address;
    final int peerPort;
    final int hostPort;
    int mine;
    int theirs;
    int window = 1_460;
    int stamp;
    int echo;

    Flow(String address, int peerPort, int hostPort, int mine) {
      this.address = address;
      this.peerPort = peerPort;
      this.hostPort = hostPort;
      this.mine = mine;
    }
  }

  private final SplittableRandom random;
  private final int[] listening;
  private final List<Flow> flows = new ArrayList<>();
  private final TcpView view = new TcpView();
  private byte[] lastHeard;

  HostilePeer(SplittableRandom random, int... listening) {
    this.random = random;
    this.listening = listening;
  }

  static String address(int index) {
    return "10.0.1." + (1 + index);
  }

  /** Learns from a frame of the host's, which must be a valid segment. */
  void hear(byte[] frame) {
    if (NetworkOrder.short16(frame, 12) != 0x800 || frame[23] != Ipv4View.PROTOCOL_TCP) {
      return;
    }
    int source = NetworkOrder.int32(frame, 26);
    int destination = NetworkOrder.int32(frame, 30);
    int length = NetworkOrder.short16(frame, 16) - Ipv4View.HEADER_LENGTH;
    if (!view.wrap(frame, 34, length, source, destination)) {
      throw new AssertionError("the host sent a bad segment: " + view.problem());
    }
    lastHeard = Arrays.copyOfRange(frame, 14, 34 + length);
    String address = Ipv4Address.toString(destination);
    Flow flow = find(address, view.destinationPort(), view.sourcePort());
    if (view.isRst() && random.nextInt(8) != 0) {
      flows.remove(flow);
      return;
    }
    flow.theirs = view.sequenceNumber() + SegmentCheck.lengthOf(view);
    flow.window = view.window();
    flow.echo = random.nextInt();
    int options = view.optionsOffset();
    for (int i = options; i + 10 <= options + view.optionsLength(); i++) {
      if (frame[i] == 8 && frame[i + 1] == 10) {
        flow.echo = NetworkOrder.int32(frame, i + 2);
        flow.stamp = Math.max(flow.stamp, NetworkOrder.int32(frame, i + 6));
      }
    }
    if (view.isAck() && random.nextInt(4) != 0) {
      flow.mine = view.acknowledgmentNumber();
    }
  }

  private Flow find(String address, int peerPort, int hostPort) {
    for (Flow each : flows) {
      if (each.peerPort == peerPort && each.hostPort == hostPort && each.address.equals(address)) {
        return each;
      }
    }
    return add(new Flow(address, peerPort, hostPort, random.nextInt()));
  }

  private Flow add(Flow flow) {
    if (flows.size() == MAX_FLOWS) {
      flows.remove(random.nextInt(flows.size() / 2));
    }
    flows.add(flow);
    return flow;
  }

  /** The packet that comes next. */
  byte[] next() {
    if (lastHeard != null && random.nextInt(16) == 0) {
      return error();
    }
    boolean fresh = flows.isEmpty() || random.nextInt(16) == 0;
    Flow flow = fresh ? add(newFlow()) : flows.get(random.nextInt(flows.size()));
    return random.nextInt(3) == 0 ? wildSegment(flow) : usualSegment(flow, fresh);
  }

  private Flow newFlow() {
    int to =
        random.nextInt(8) == 0
            ? random.nextInt(65_536)
            : listening[random.nextInt(listening.length)];
    int from = random.nextInt(4) == 0 ? random.nextInt(65_536) : 1_024 + random.nextInt(64);
    return new Flow(address(random.nextInt(ADDRESSES)), from, to, random.nextInt());
  }

  /** What an honest peer might send at this point. */
  private byte[] usualSegment(Flow flow, boolean fresh) {
    int length = fresh || random.nextBoolean() ? 0 : random.nextInt(1_400);
    int flags = fresh ? TcpView.SYN : TcpView.ACK;
    if (!fresh) {
      flags |=
          switch (random.nextInt(10)) {
            case 0 -> TcpView.FIN;
            case 1 -> TcpView.SYN;
            case 2, 3 -> TcpView.PSH;
            default -> 0;
          };
    }
    byte[] packet =
        segment(flow, flow.mine, flow.theirs, flags, 65_535, honestOptions(flow, flags), length);
    flow.mine += length + Integer.bitCount(flags & (TcpView.SYN | TcpView.FIN));
    return packet;
  }

  private byte[] honestOptions(Flow flow, int flags) {
    byte[] stamp = new byte[12];
    stamp[0] = 1;
    stamp[1] = 1;
    stamp[2] = 8;
    stamp[3] = 10;
    NetworkOrder.int32(stamp, 4, ++flow.stamp);
    NetworkOrder.int32(stamp, 8, (flags & TcpView.ACK) == 0 ? 0 : flow.echo);
    if ((flags & TcpView.SYN) == 0) {
      return stamp;
    }
    byte[] syn = Arrays.copyOf(stamp, 24);
    System.arraycopy(new byte[] {2, 4, 5, (byte) 0xb4, 4, 2, 3, 3, 7, 1, 1, 1}, 0, syn, 12, 12);
    return syn;
  }

  private byte[] wildSegment(Flow flow) {
    int length = random.nextInt(3) == 0 ? random.nextInt(1_400) : 0;
    int flags = random.nextInt(4) == 0 ? random.nextInt(512) : random.nextInt(32) | TcpView.ACK;
    int window = WINDOWS[random.nextInt(WINDOWS.length)];
    int sequence = around(flow.mine, flow.window);
    int ack = around(flow.theirs, 65_535);
    byte[] packet = segment(flow, sequence, ack, flags, window, wildOptions(flow), length);
    int mutations = Math.max(random.nextInt(8) - 6, 0);
    for (int i = 0; i < mutations; i++) {
      packet[20 + random.nextInt(Math.min(packet.length - 20, 60))] = (byte) random.nextInt();
    }
    if (mutations > 0 && random.nextBoolean()) {
      fixChecksum(packet);
    }
    return packet;
  }

  private int around(int number, int window) {
    return number
        + switch (random.nextInt(12)) {
          case 0 -> -1;
          case 1 -> 1;
          case 2 -> window / 2;
          case 3 -> window - 1;
          case 4 -> window;
          case 5 -> window + 1;
          case 6 -> -random.nextInt(70_000);
          case 7 -> random.nextInt(70_000);
          case 8 -> Integer.MIN_VALUE + random.nextInt(3) - 1;
          case 9 -> random.nextInt();
          default -> 0;
        };
  }

  private byte[] wildOptions(Flow flow) {
    byte[] options = new byte[4 * random.nextInt(11)];
    int at = 0;
    while (at + 2 < options.length && random.nextInt(6) != 0) {
      int kind = KINDS[random.nextInt(KINDS.length)];
      int room = options.length - at;
      if (kind == 5 && room >= 10) {
        int blocks = Math.min(1 + random.nextInt(4), (room - 2) / 8);
        options[at] = 5;
        options[at + 1] = (byte) (2 + 8 * blocks);
        for (int i = 0; i < 2 * blocks; i++) {
          NetworkOrder.int32(options, at + 2 + 4 * i, flow.theirs - random.nextInt(20_000) + 2_000);
        }
        at += 2 + 8 * blocks;
      } else if (kind == 8 && room >= 10) {
        options[at] = 8;
        options[at + 1] = 10;
        NetworkOrder.int32(options, at + 2, flow.stamp + random.nextInt(2_000) - 1_000);
        NetworkOrder.int32(options, at + 6, around(flow.echo, 100));
        at += 10;
      } else {
        options[at] = (byte) kind;
        options[at + 1] =
            (byte) (random.nextInt(5) == 0 ? random.nextInt() : 2 + random.nextInt(6));
        options[at + 2] = (byte) random.nextInt();
        at += 3;
      }
    }
    return options;
  }

  private byte[] segment(
      Flow flow, int sequence, int ack, int flags, int window, byte[] options, int length) {
    int header = TcpView.HEADER_LENGTH + options.length;
    byte[] segment = new byte[header + length];
    System.arraycopy(options, 0, segment, TcpView.HEADER_LENGTH, options.length);
    TcpView.emitHeader(
        segment,
        0,
        segment.length,
        Ipv4Address.parse(flow.address).value(),
        Ipv4Address.parse(HOST).value(),
        flow.peerPort,
        flow.hostPort,
        sequence,
        ack,
        header,
        flags,
        window,
        random.nextInt(4) == 0 ? random.nextInt(65_536) : 0);
    return packet(flow.address, HOST, Ipv4View.PROTOCOL_TCP, segment);
  }

  /** An ICMP error about the host's last segment, or one that it never sent. */
  private byte[] error() {
    byte[] quote = Arrays.copyOf(lastHeard, Math.min(lastHeard.length, 28 + random.nextInt(21)));
    NetworkOrder.int32(quote, 24, around(NetworkOrder.int32(quote, 24), 1_460));
    int[] error = ERRORS[random.nextInt(ERRORS.length)];
    int mtu = error[1] == 4 ? MTUS[random.nextInt(MTUS.length)] : 0;
    String from = address(random.nextInt(ADDRESSES));
    return packet(from, HOST, Ipv4View.PROTOCOL_ICMP, icmpError(error[0], error[1], mtu, quote));
  }

  private static void fixChecksum(byte[] packet) {
    int length = packet.length - Ipv4View.HEADER_LENGTH;
    NetworkOrder.short16(packet, 36, 0);
    int pseudo =
        InternetChecksum.pseudoHeader(
            NetworkOrder.int32(packet, 12),
            NetworkOrder.int32(packet, 16),
            Ipv4View.PROTOCOL_TCP,
            length);
    NetworkOrder.short16(packet, 36, InternetChecksum.compute(packet, 20, length, pseudo));
  }
}

package dev.dockwire.stack.tcp.script;

import static dev.dockwire.stack.Frames.arpReply;
import static dev.dockwire.stack.Frames.icmpError;
import static dev.dockwire.stack.Frames.packet;

import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import java.util.Map;

/**
 * The lines about packets: {@code >} for what the host must send, {@code <} for what the peer
 * sends.
 */
final class PacketLines {

  /** Type and code of the errors that a router or the peer may report. */
  private static final Map<String, int[]> ICMP =
      Map.of(
          "net-unreachable", new int[] {3, 0},
          "host-unreachable", new int[] {3, 1},
          "protocol-unreachable", new int[] {3, 2},
          "port-unreachable", new int[] {3, 3},
          "fragmentation-needed", new int[] {3, 4},
          "source-route-failed", new int[] {3, 5},
          "source-quench", new int[] {4, 0},
          "time-exceeded", new int[] {11, 0},
          "parameter-problem", new int[] {12, 0});

  private final Scene scene;

  PacketLines(Scene scene) {
    this.scene = scene;
  }

  boolean play(String verb, String name, Words words) {
    if (!verb.equals("<")) {
      return false;
    }
    if (words.accept("icmp")) {
      sendError(name, words);
    } else if (words.accept("arp")) {
      sayWhereThePeerIs(words.next("a MAC address"));
    } else {
      send(name, SegmentText.parse(words));
    }
    return true;
  }

  private void send(String name, SegmentText segment) {
    PeerConnection connection = scene.connection(name);
    scene.note(Scene.prefix(name) + "< " + segment);
    scene.wire.sendPacket(connection.emit(segment, scene.now()));
  }

  /** {@code icmp fragmentation-needed mtu 1000 quoting 1}. */
  private void sendError(String name, Words words) {
    String kind = words.next("the kind of error");
    int[] typeAndCode = ICMP.get(kind);
    if (typeAndCode == null) {
      throw new IllegalArgumentException("there is no ICMP error " + kind);
    }
    int mtu = (int) words.numberAfter("mtu", 0);
    boolean last = !words.peek().equals("quoting");
    long quoted = words.numberAfter("quoting", 0);
    PeerConnection connection = scene.connection(name);
    scene.note(Scene.prefix(name) + "< icmp " + kind);
    byte[] error = icmpError(typeAndCode[0], typeAndCode[1], mtu, connection.quote(quoted, last));
    scene.wire.sendPacket(
        packet(Scene.PEER, connection.hostAddress, Ipv4View.PROTOCOL_ICMP, error));
  }

  private void sayWhereThePeerIs(String mac) {
    scene.note("< arp " + mac);
    scene.wire.send(arpReply(Scene.PEER, mac, Scene.HOST));
  }

  /** The host's next frame must be the one that these words describe. */
  void expect(String name, Words words, long time) {
    String written = words.peek();
    SegmentText segment = written.startsWith("\"") ? null : SegmentText.parse(words);
    String expected =
        Scene.seconds(time)
            + " "
            + Scene.prefix(name)
            + "> "
            + (segment == null ? written : segment);
    Scene.Heard came = scene.heard().poll();
    if (came == null) {
      throw Mismatch.of(expected, "nothing");
    }
    String text = Scene.seconds(came.at()) + " " + came.text();
    if (segment == null) {
      if (!came.text().equals("> " + written) || came.at() != time) {
        throw Mismatch.of(expected, text);
      }
      return;
    }
    if (came.segment() == null || !came.of().name.equals(name)) {
      throw Mismatch.of(expected, text);
    }
    String difference = segment.difference(came.segment());
    if (difference.isEmpty() && came.at() != time) {
      difference = "the time";
    }
    if (!difference.isEmpty()) {
      throw Mismatch.of(
          expected, text + ": " + difference + (difference.endsWith("s") ? " differ" : " differs"));
    }
  }

  /** The host must have sent nothing that no line has expected. */
  void expectNothing() {
    Scene.Heard surplus = scene.heard().poll();
    if (surplus != null) {
      throw Mismatch.of("nothing", Scene.seconds(surplus.at()) + " " + surplus.text());
    }
  }

  /** Shakes hands as a client (or, if the host connects, as a server) does. */
  void shake(String name, boolean hostConnects, String options, long roundTrip) {
    String first = " " + (options.isEmpty() ? "<mss 1460>" : options);
    PeerConnection connection = scene.connection(name);
    if (hostConnects) {
      expectFirst(connection, TcpView.SYN);
      scene.runUntil(scene.now() + roundTrip);
      send(name, SegmentText.parse(new Words("S. 0:0(0) ack 1" + first)));
      expectFirst(connection, TcpView.ACK);
    } else {
      send(name, SegmentText.parse(new Words("S 0:0(0)" + first)));
      scene.settle();
      expectFirst(connection, TcpView.SYN | TcpView.ACK);
      scene.runUntil(scene.now() + roundTrip);
      send(name, SegmentText.parse(new Words(". 1:1(0) ack 1" + stamp(options))));
    }
    scene.settle();
  }

  /** The timestamp of these options as the only option. */
  private static String stamp(String options) {
    return OptionText.items(options.isEmpty() ? "" : options.substring(1, options.length() - 1))
        .stream()
        .filter(item -> item.startsWith("ts "))
        .map(item -> " <" + item + ">")
        .findFirst()
        .orElse("");
  }

  private void expectFirst(PeerConnection connection, int flags) {
    scene.settle();
    Scene.Heard came = scene.heard().poll();
    if (came == null || came.of() != connection || came.segment().flags() != flags) {
      throw Mismatch.of(ControlBits.format(flags), came == null ? "nothing" : came.text());
    }
  }
}

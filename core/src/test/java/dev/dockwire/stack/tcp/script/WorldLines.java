package dev.dockwire.stack.tcp.script;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.tcp.TcpConnection;
import dev.dockwire.stack.tcp.TimeWait;
import java.util.Arrays;

/** The lines about the host itself: states, counters, its interface, and how a scenario begins. */
final class WorldLines {

  private final Scene scene;

  WorldLines(Scene scene) {
    this.scene = scene;
  }

  boolean play(String verb, String name, Words words) {
    switch (verb) {
      case "state" -> expect(words.next("a state"), state(scene.connection(name)));
      case "connections" -> expect(words.next("how many"), "" + scene.wire.stack.tcp().size());
      case "counter" -> counter(words);
      case "connection" -> connection(words);
      case "host" -> host(words);
      case "link" -> link(words);
      case "address" -> address(words);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void expect(String expected, String came) {
    if (!came.equals(expected)) {
      throw Mismatch.of(expected, came);
    }
  }

  /** The state as RFC 9293 names it; CLOSED if the host knows of no such connection. */
  private String state(PeerConnection connection) {
    for (TcpConnection each : scene.wire.stack.tcp().connections()) {
      if (connection.isFor(each.remoteAddress(), each.remotePort(), each.localPort())) {
        return each.state().name().replace('_', '-');
      }
    }
    for (TimeWait each : scene.wire.stack.tcp().timeWaits()) {
      if (connection.isFor(each.remoteAddress(), each.remotePort(), each.localPort())) {
        return "TIME-WAIT";
      }
    }
    return "CLOSED";
  }

  /** {@code counter tcp.challenge 1}: so often since the beginning. */
  private void counter(Words words) {
    String counter = words.next("a counter");
    DropReason reason =
        Arrays.stream(DropReason.values())
            .filter(each -> each.counterName().equals(counter))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no counter " + counter));
    expect(words.next("how often"), "" + scene.wire.stack.drops().of(reason));
  }

  /** {@code connection b from 5000 iss 70000}: a connection of the peer's that is not plain. */
  private void connection(Words words) {
    String name = words.next("a name");
    int peerPort = (int) words.numberAfter("from", Scene.PEER_PORT);
    int hostPort = (int) words.numberAfter("to", Scene.HOST_PORT);
    int iss = (int) words.numberAfter("iss", Integer.toUnsignedLong(Scene.PEER_ISS));
    scene.add(
        new PeerConnection(
            name.equals("-") ? "" : name, Scene.HOST, hostPort, Scene.PEER, peerPort, iss));
  }

  /** {@code host iss 4294967290}, {@code host buffer 4096}, {@code host ecn 1}. */
  private void host(Words words) {
    if (words.accept("iss")) {
      scene.hostIss((int) words.number("a number"));
    } else if (words.accept("buffer")) {
      scene.wire.stack.tcp().bufferSize((int) words.number("octets"));
    } else if (words.accept("ecn")) {
      scene.wire.stack.tcp().ecn((int) words.number("0, 1 or 2"));
    } else {
      throw new IllegalArgumentException("the host has iss, buffer and ecn");
    }
  }

  private void link(Words words) {
    String wanted = words.next("up or down");
    if (!wanted.equals("up") && !wanted.equals("down")) {
      throw new IllegalArgumentException("a link is up or down");
    }
    scene.wire.eth0.up(wanted.equals("up"), scene.wire.now());
  }

  private void address(Words words) {
    if (words.accept("removed")) {
      scene.wire.eth0.removeAddress(scene.wire.now());
    } else {
      scene.wire.eth0.address(Ipv4Prefix.parse(words.next("an address")), scene.wire.now());
    }
  }
}

package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.Tcpdump;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An hour of a {@link HostilePeer} against a host whose programs read, write, close and connect as
 * they please. Whatever comes: no exception, tables within their bounds, every frame in the
 * account, nothing sent that is not valid; and when the programs let go, nothing is left.
 */
class TcpFuzzTest {

  private static final int FRAMES = 60_000;
  private static final int HOUR_MILLIS = 3_600_000;
  private static final int MAX_SOCKETS = 100;
  private static final int BACKLOG = 16;

  private SplittableRandom random;
  private Wire wire;
  private HostilePeer peer;
  private final List<TcpSocket> sockets = new ArrayList<>();
  private final List<TcpListener> listeners = new ArrayList<>();
  private final Set<TcpState> seen = EnumSet.noneOf(TcpState.class);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void survivesAnHourOfAnySegments(long seed) throws IOException {
    attack(seed);
    assertThat(seen).as("states that were met").containsAll(EnumSet.allOf(TcpState.class));
    assertThat(wire.stack.drops().toMap())
        .containsKeys(
            DropReason.TCP_BAD_CSUM,
            DropReason.TCP_BAD_OFFSET,
            DropReason.TCP_NO_CONN,
            DropReason.TCP_OUT_OF_WINDOW,
            DropReason.TCP_RST_BAD_SEQ,
            DropReason.TCP_CHALLENGE,
            DropReason.TCP_CHALLENGE_RL,
            DropReason.TCP_PAWS,
            DropReason.TCP_TS_MISSING,
            DropReason.TCP_BAD_SACK,
            DropReason.TCP_NO_ACK_FLAG,
            DropReason.ICMP_QUOTE_MISMATCH);
  }

  /** More seeds, for a release: -Dgroups=table -DexcludedGroups= -Dseeds=100. */
  @Test
  @Tag("table")
  void survivesManyHours() throws IOException {
    for (long seed = 100; seed < 100 + Integer.getInteger("seeds", 10); seed++) {
      attack(seed);
    }
  }

  private void attack(long seed) throws IOException {
    random = new SplittableRandom(seed);
    wire = new Wire("10.0.0.1/16", seed);
    peer = new HostilePeer(random, 80, 81);
    sockets.clear();
    listeners.clear();
    seen.clear();
    HostStack stack = wire.stack;
    stack.tcp().bufferSize(16_384);
    for (int i = 0; i < HostilePeer.ADDRESSES; i++) {
      wire.know(HostilePeer.address(i), wire.eth0);
    }
    listen(80);
    listen(81);
    long millis = 0;
    for (int i = 0; i < FRAMES; i++) {
      wire.sendPacket(peer.next());
      if (random.nextInt(4) == 0) {
        useSomeSocket();
      }
      millis += random.nextInt(2 * HOUR_MILLIS / FRAMES);
      wire.at(millis);
      wire.drain().forEach(this::check);
      assertThat(stack.received()).isEqualTo(stack.accepted() + stack.refused());
    }
    letGo(millis);
  }

  private void letGo(long millis) {
    for (TcpListener each : listeners) {
      each.close(wire.now());
    }
    for (TcpSocket each : List.copyOf(sockets)) {
      each.close(wire.now());
    }
    wire.at(millis + HOUR_MILLIS);
    wire.drain().forEach(this::check);
    assertThat(wire.stack.tcp().connections()).isEmpty();
    assertThat(wire.stack.tcp().size()).isZero();
    assertThat(wire.timers.armed()).isZero();
  }

  private void check(byte[] frame) {
    Tcpdump.line(frame);
    peer.hear(frame);
    wire.stack.tcp().connections().forEach(each -> seen.add(each.state()));
    wire.stack.tcp().timeWaits().forEach(each -> seen.add(TcpState.TIME_WAIT));
  }

  private void listen(int tcpPort) throws BindException {
    listeners.add(TcpListener.listen(wire.stack, 0, tcpPort, BACKLOG, this::accept));
  }

  private void accept(TcpListener listener) {
    if (sockets.size() < MAX_SOCKETS) {
      sockets.add(listener.accept(new Closing()));
    }
  }

  /** A program that forgets a socket when it is closed, and mostly reads what comes. */
  private final class Closing implements TcpSocket.Handler {

    @Override
    public void onReadable(TcpSocket socket, long now) {
      if (random.nextInt(4) != 0) {
        socket.read(new byte[4_096], 0, 4_096, now);
      }
    }

    @Override
    public void onClosed(TcpSocket socket, IOException cause, long now) {
      sockets.remove(socket);
      seen.add(TcpState.CLOSED);
    }
  }

  private void useSomeSocket() throws IOException {
    long now = wire.now();
    if (sockets.size() < MAX_SOCKETS && random.nextInt(4) == 0) {
      int port = 1_024 + random.nextInt(64);
      int to = Frames.address(HostilePeer.address(random.nextInt(HostilePeer.ADDRESSES)));
      sockets.add(TcpSocket.connect(wire.stack, 0, 0, to, port, new Closing(), now));
      return;
    }
    if (sockets.isEmpty()) {
      return;
    }
    TcpSocket socket = sockets.get(random.nextInt(sockets.size()));
    switch (random.nextInt(24)) {
      case 0 -> {
        sockets.remove(socket);
        socket.close(now);
      }
      case 1 -> {
        sockets.remove(socket);
        socket.abort(now);
      }
      case 2 -> socket.shutdownOutput(now);
      case 3 -> socket.options(socket.options().withNoDelay(random.nextBoolean()), now);
      case 4, 5, 6, 7, 8, 9, 10, 11, 12 -> socket.read(new byte[20_000], 0, 20_000, now);
      default -> {
        if (socket.writable() > 0) {
          int length = 1 + random.nextInt(8_000);
          socket.write(new byte[length], 0, length, now);
        }
      }
    }
  }
}

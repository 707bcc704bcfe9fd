package dev.dockwire.tools.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks a host something from elsewhere, and what is left of one that has ended. */
@Timeout(60)
class LiveHostTest {

  private final LiveHost host = LiveHosts.plain();

  /** Asks on a thread of its own. */
  private <T> FutureTask<T> ask(Supplier<T> question) {
    FutureTask<T> answer = new FutureTask<>(() -> host.ask(question));
    Thread.ofPlatform().daemon().start(answer);
    return answer;
  }

  @Test
  void whoeverAsksGetsTheAnswer() throws Exception {
    FutureTask<String> answer = ask(() -> host.engine().dockerHost().host().name());
    host.world().loop().runUntil(answer::isDone);
    assertThat(answer.get()).isEqualTo("docker");
    host.close();
  }

  @Test
  void aQuestionWithABugStopsTheLoopAndNobodyWaitsForItsAnswer() {
    FutureTask<String> answer =
        ask(
            () -> {
              throw new UnsupportedOperationException("a bug");
            });
    assertThatThrownBy(() -> host.world().loop().runUntil(answer::isDone)).hasMessage("a bug");
    assertThatThrownBy(answer::get).hasCauseInstanceOf(CancellationException.class);
    host.close();
  }

  @Test
  void nobodyWaitsForAHostThatHasEnded() {
    host.close();
    assertThatThrownBy(ask(() -> 1)::get).hasCauseInstanceOf(CancellationException.class);
  }

  @Test
  void ofAHostThatHasEndedNothingIsOpen() throws IOException {
    ServerSocketChannel real = ServerSocketChannel.open();
    real.configureBlocking(false);
    real.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    int port = real.socket().getLocalPort();
    host.edge().register(new NioServerSocketChannel(real));
    host.world().loop().turn();
    long selectors = openSelectors();
    host.close();
    host.close();
    assertThat(openSelectors()).isEqualTo(selectors - 1);
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  private static long openSelectors() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(LiveHostTest::isSelector).count();
    }
  }

  private static boolean isSelector(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().equals("anon_inode:[eventpoll]");
    } catch (IOException _) {
      return false;
    }
  }
}

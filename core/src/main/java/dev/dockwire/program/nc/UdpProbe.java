package dev.dockwire.program.nc;

import dev.dockwire.host.Process;
import dev.dockwire.host.socket.StreamSocket;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * How {@code -z} finds out about a UDP port: only an ICMP error tells that nobody is there, and it
 * is the next thing sent that fails.
 */
final class UdpProbe {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int REFUSED_PORT = 31_337;

  private UdpProbe() {}

  /**
   * Sends two datagrams, and lets some time go by between them: what was asked for, or as long as a
   * TCP connection takes to be refused.
   */
  static void busyBox(Process self, Peer peer, int address, long waitNanos) throws IOException {
    byte[] zero = new byte[1];
    peer.write(zero, 0, 1);
    if (waitNanos > 0) {
      self.sleep(waitNanos);
    } else {
      try {
        StreamSocket.connect(self, address, REFUSED_PORT, PATIENCE_NANOS).close();
      } catch (IOException expected) {
        // Only the time it took was wanted.
      }
    }
    peer.write(zero, 0, 1);
  }

  /** Sends four datagrams, two at once and the others a second apart. */
  static void openBsd(Process self, Peer peer) throws IOException {
    byte[] letter = {'X'};
    peer.write(letter, 0, 1);
    for (int i = 0; i < 3; i++) {
      peer.write(letter, 0, 1);
      self.sleep(TimeUnit.SECONDS.toNanos(1));
    }
  }
}

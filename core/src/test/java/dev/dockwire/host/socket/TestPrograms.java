package dev.dockwire.host.socket;

import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Programs written as a test's lambdas, and the loopback that they talk over. */
final class TestPrograms {

  /** What a test's program does. */
  interface Body {
    void run(Process self) throws IOException;
  }

  private TestPrograms() {}

  static Process start(Host host, Body body) {
    ProcessSpec spec = new ProcessSpec(List.of("test"), Map.of(), "/", Stdio.NULL);
    return host.processes()
        .start(
            self -> {
              try {
                body.run(self);
                return 0;
              } catch (IOException failed) {
                throw new AssertionError(failed);
              }
            },
            null,
            spec);
  }

  static void attachLoopback(HostStack stack, World world) {
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, world.loopback());
    lo.txQueueLength(1_000);
    lo.connect(lo);
    stack.attach(lo).address(Ipv4Prefix.parse("127.0.0.1/8"), 0);
  }
}

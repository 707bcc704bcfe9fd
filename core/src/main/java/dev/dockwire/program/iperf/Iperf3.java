package dev.dockwire.program.iperf;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;

/**
 * {@code iperf3}: measures what a path carries, with TCP or UDP. In virtual time what it shows is
 * the emulated path's: without {@code tc} that is only the wire's delay and TCP's windows, the same
 * at each run. Missing: {@code --bidir}, {@code -O}, {@code -Z}, authentication, SCTP. {@code -w}
 * sizes the client's buffers, which is enough in either direction.
 */
public final class Iperf3 implements Program {

  static final String VERSION = "3.12";

  @Override
  public int run(Process self) {
    IperfOptions options = IperfOptions.parse(self);
    return options.server()
        ? new IperfServer(self, options).run()
        : new IperfClient(self, options).run();
  }
}

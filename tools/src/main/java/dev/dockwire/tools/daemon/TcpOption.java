package dev.dockwire.tools.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the daemon listens beside its unix socket: nowhere, or at a loopback address. */
final class TcpOption {

  private static final Pattern LOOPBACK = Pattern.compile("(127(?:\\.[0-9]{1,3}){3}):([0-9]{1,5})");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tcp",
      paramLabel = "127.0.0.1:PORT",
      description =
          "Listen there, too; a loopback address only, for whoever reaches it may do everything.")
  private String text;

  /** As it was given. */
  String text() {
    return text;
  }

  /**
   * The address asked for.
   *
   * @throws ParameterException if it is none of loopback's
   */
  Optional<InetSocketAddress> address() {
    if (text == null) {
      return Optional.empty();
    }
    Matcher parts = LOOPBACK.matcher(text);
    if (!parts.matches()) {
      throw new ParameterException(
          spec.commandLine(), "--tcp is a loopback address and a port, not " + text);
    }
    try {
      InetAddress host = InetAddress.getByName(parts.group(1));
      return Optional.of(new InetSocketAddress(host, Integer.parseInt(parts.group(2))));
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--tcp " + text + ": " + e.getMessage());
    }
  }

  static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.configureBlocking(false);
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return listener.bind(address);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }
}

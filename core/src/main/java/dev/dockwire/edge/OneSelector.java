package dev.dockwire.edge;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/**
 * The JDK's selectors, of which the one that is opened is remembered: a registered socket that is
 * closed keeps its address until its selector looks again, and only who has the selector can ask it
 * to.
 */
final class OneSelector extends SelectorProvider {

  private final SelectorProvider jdk = SelectorProvider.provider();
  private Selector opened;

  @Override
  public AbstractSelector openSelector() throws IOException {
    AbstractSelector selector = jdk.openSelector();
    opened = selector;
    return selector;
  }

  /** Lets go of sockets that were closed; what is ready stays so for the next who asks. */
  void forgetClosed() throws IOException {
    if (opened != null) {
      opened.selectNow();
    }
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    return jdk.openDatagramChannel();
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    return jdk.openDatagramChannel(family);
  }

  @Override
  public Pipe openPipe() throws IOException {
    return jdk.openPipe();
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() throws IOException {
    return jdk.openServerSocketChannel();
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    return jdk.openSocketChannel();
  }
}

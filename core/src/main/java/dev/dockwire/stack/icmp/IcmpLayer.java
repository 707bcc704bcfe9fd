package dev.dockwire.stack.icmp;

import dev.dockwire.stack.HostStack;

/** ICMP. */
public final class IcmpLayer {
  private final ErrorSender errors = new ErrorSender();

  public IcmpLayer(HostStack stack) {}

  public ErrorSender errors() {
    return errors;
  }

  public int freeIdentifier() {
    return 1;
  }

  public void listen(EchoListener listener) {}

  public void stopListening(int identifier) {}
}

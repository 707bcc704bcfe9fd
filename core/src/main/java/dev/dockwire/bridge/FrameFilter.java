package dev.dockwire.bridge;

/**
 * Decides which frames go from one port of a bridge to another, as a kernel with br_netfilter lets
 * its packet filter decide. It is not asked about frames from or to the bridge's own interface.
 */
@FunctionalInterface
public interface FrameFilter {

  /** Whether the frame may pass; its bytes are borrowed for the call. */
  boolean allows(byte[] bytes, int offset, int length);
}

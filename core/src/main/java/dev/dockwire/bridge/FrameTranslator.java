package dev.dockwire.bridge;

/**
 * Changes frames on their way from one port of a bridge to another, as a kernel with br_netfilter
 * lets its address translation do. It is not asked about frames from or to the bridge's own
 * interface, which the host behind that sees itself.
 */
public interface FrameTranslator {

  /** Whether a frame is to be changed; its bytes are borrowed for the call. Asked once of each. */
  boolean concerns(byte[] bytes, int offset, int length, long now);

  /** Changes a copy of the frame that was asked about last. */
  void translate(byte[] bytes, int offset);
}

package dev.dockwire.frame;

import java.util.Objects;

/**
 * What every view is: a window on bytes that belong to somebody else, moved by {@code wrap}.
 *
 * <p>A view holds an index, never a copy, so it is good only as long as the bytes may be read
 * (usually until the call returns that handed them over). It belongs to one thread and is reused
 * for frame after frame. {@code wrap} checks everything once; after it said yes no getter can
 * throw, because lengths that bound an access are remembered and not read again. After it said no
 * only {@link #problem} means anything.
 */
abstract sealed class HeaderView
    permits EthernetView, ArpView, Ipv4View, IcmpView, UdpView, TcpView {

  private static final byte[] NOTHING = {};

  byte[] bytes = NOTHING;
  int offset;
  int length;
  private DropReason problem;

  /** Why the last {@code wrap} said no; null after a yes. */
  public final DropReason problem() {
    return problem;
  }

  /**
   * Points the view at the bytes.
   *
   * @throws IndexOutOfBoundsException if they do not lie in the array, which is the caller's bug
   *     and not the wire's
   */
  final void point(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  final boolean accept() {
    problem = null;
    return true;
  }

  final boolean refuse(DropReason reason) {
    problem = reason;
    return false;
  }
}

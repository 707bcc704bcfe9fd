package dev.dockwire.stack.ip;

/** When a packet that is sent carries the don't-fragment flag. */
public enum DontFragment {
  /** It may be fragmented here and on the way. */
  NEVER,
  /** Not if it had to be fragmented here; otherwise yes, so that routers report their MTU. */
  WHEN_IT_FITS,
  /** It is refused if it does not fit the first link. */
  ALWAYS
}

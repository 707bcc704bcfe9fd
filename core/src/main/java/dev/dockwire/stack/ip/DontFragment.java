package dev.dockwire.stack.ip;

/** When a packet that is sent carries the don't-fragment flag. */
public enum DontFragment {
  /** It may be fragmented here and on the way. */
  NEVER,
  /**
   * Not if it had to be fragmented here, or the path is known to take only crumbs; otherwise yes,
   * so that routers report their MTU: Linux's path MTU discovery "want".
   */
  WHEN_IT_FITS,
  /** It is refused if it does not fit the first link or what is known of the path: "do". */
  ALWAYS
}

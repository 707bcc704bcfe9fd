package dev.dockwire.link;

/**
 * The handles that a kernel gives to qdiscs for which nobody has named one: 8001, 8002 and so on in
 * hexadecimal, for all devices and network namespaces together.
 */
public final class QdiscHandles {

  private static final int BEFORE_FIRST = 0x8000;
  private static final int LAST = 0xfffe;

  private int given = BEFORE_FIRST;

  public int next() {
    given = given == LAST ? BEFORE_FIRST + 1 : given + 1;
    return given;
  }
}

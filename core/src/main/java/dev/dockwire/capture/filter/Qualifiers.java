package dev.dockwire.capture.filter;

import dev.dockwire.capture.filter.Condition.End;

/**
 * The words before an id that say what it is: {@code tcp dst port}.
 *
 * @param header null if none is named
 * @param end null if none is named: either
 */
record Qualifiers(Header header, End end, Kind kind) {

  enum Kind {
    /** None was named: a host, or a network if it is a part of an address. */
    DEFAULT,
    HOST,
    NET,
    PORT,
    PORT_RANGE,
    PROTOCOL,
    GATEWAY,
    /** What came before was no primitive with an id, so no id alone can follow it. */
    NONE
  }

  static final Qualifiers NONE = new Qualifiers(null, null, Kind.NONE);

  End endOrEither() {
    return end == null ? End.EITHER : end;
  }
}

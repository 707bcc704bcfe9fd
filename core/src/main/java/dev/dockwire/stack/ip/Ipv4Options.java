package dev.dockwire.stack.ip;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.HostStack;

/**
 * The options of a packet (RFC 791, section 3.1): checked, and record route and timestamp filled
 * in. Source routes are refused whoever asks (RFC 7126, section 4.3). Unknown options are skipped.
 *
 * <pre>
 * | type | length | pointer, from 1 | (timestamp: overflow, flag) | data ...
 * </pre>
 */
public final class Ipv4Options {

  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int RECORD_ROUTE = 7;
  private static final int TIMESTAMP = 68;
  private static final int LOOSE_SOURCE_ROUTE = 131;
  private static final int STRICT_SOURCE_ROUTE = 137;
  private static final int COPIED = 0x80;

  private static final int LENGTH = 1;
  private static final int POINTER = 2;
  private static final int FLAGS = 3;

  private static final int TIME_ONLY = 0;
  private static final int TIME_AND_ADDRESS = 1;
  private static final int PRESPECIFIED = 3;
  private static final int MAX_OVERFLOW = 15;

  private static final int ABSENT = -1;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Says that a time is not milliseconds since midnight UT (RFC 791, page 22). */
  public static final int NONSTANDARD_TIME = 0x8000_0000;

  private final HostStack stack;
  private int recordRoute;
  private int timestamp;
  private int recordRouteLength;
  private int timestampLength;
  private DropReason problem;
  private int problemPointer;

  Ipv4Options(HostStack stack) {
    this.stack = stack;
  }

  /** Looks at the options of a packet; false, with {@link #problem}, if it must be dropped. */
  public boolean check(byte[] bytes, Ipv4View header) {
    int start = header.optionsOffset();
    int end = start + header.optionsLength();
    recordRoute = ABSENT;
    timestamp = ABSENT;
    recordRouteLength = 0;
    timestampLength = 0;
    for (int at = start; at < end; ) {
      int type = octet(bytes, at);
      if (type == END) {
        return true;
      }
      if (type == NO_OPERATION) {
        at++;
        continue;
      }
      int length = at + LENGTH < end ? octet(bytes, at + LENGTH) : 0;
      if (length < 2 || at + length > end) {
        return bad(at, start);
      }
      if (!checkOne(bytes, type, at, length, start)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private boolean checkOne(byte[] bytes, int type, int at, int length, int start) {
    switch (type) {
      case LOOSE_SOURCE_ROUTE, STRICT_SOURCE_ROUTE -> {
        problem = DropReason.IP_SRC_ROUTE;
        return false;
      }
      case RECORD_ROUTE -> {
        if (recordRoute != ABSENT) {
          return bad(at, start);
        }
        if (length < 3) {
          return bad(at + LENGTH, start);
        }
        int pointer = octet(bytes, at + POINTER);
        if (pointer < 4 || pointer <= length && pointer + 3 > length) {
          return bad(at + POINTER, start);
        }
        recordRoute = at - start;
        recordRouteLength = length;
      }
      case TIMESTAMP -> {
        if (timestamp != ABSENT) {
          return bad(at, start);
        }
        return checkTimestamp(bytes, at, length, start);
      }
      default -> {
        // Not known here, and so of no concern.
      }
    }
    return true;
  }

  private boolean checkTimestamp(byte[] bytes, int at, int length, int start) {
    if (length < 4) {
      return bad(at + LENGTH, start);
    }
    int pointer = octet(bytes, at + POINTER);
    int flag = octet(bytes, at + FLAGS) & 0xf;
    if (pointer < 5 || pointer <= length && pointer + entryLength(flag) - 1 > length) {
      return bad(at + POINTER, start);
    }
    boolean knownFlag = flag == TIME_ONLY || flag == TIME_AND_ADDRESS || flag == PRESPECIFIED;
    boolean full = pointer > length;
    if (!knownFlag || full && octet(bytes, at + FLAGS) >>> 4 == MAX_OVERFLOW) {
      return bad(at + FLAGS, start);
    }
    timestamp = at - start;
    timestampLength = length;
    return true;
  }

  private boolean bad(int at, int start) {
    problem = DropReason.IP_BAD_OPTION;
    problemPointer = Ipv4View.HEADER_LENGTH + at - start;
    return false;
  }

  public DropReason problem() {
    return problem;
  }

  /** Which octet of the packet is wrong, for the ICMP parameter problem. */
  public int problemPointer() {
    return problemPointer;
  }

  /** How long the options of an answer are: those that record, padded to whole words. */
  public int echoLength() {
    return recordRouteLength + timestampLength + 3 & ~3;
  }

  /**
   * Writes the options of an answer to the packet checked last: what it recorded, with this host
   * once as its destination and once as the source of the answer.
   */
  public void emitEcho(
      byte[] packet, Ipv4View header, byte[] bytes, int offset, int ownAddress, long now) {
    int options = header.optionsOffset();
    int at = offset;
    if (recordRoute != ABSENT) {
      System.arraycopy(packet, options + recordRoute, bytes, at, recordRouteLength);
      recordRoute = at - offset;
      at += recordRouteLength;
    }
    if (timestamp != ABSENT) {
      System.arraycopy(packet, options + timestamp, bytes, at, timestampLength);
      timestamp = at - offset;
      at += timestampLength;
    }
    while (at < offset + echoLength()) {
      octet(bytes, at++, END);
    }
    record(bytes, offset, ownAddress, now);
    record(bytes, offset, ownAddress, now);
  }

  /** Fills in the next place of what the packet checked last records, in a copy of it. */
  void record(byte[] bytes, int optionsOffset, int address, long now) {
    if (recordRoute != ABSENT) {
      int at = optionsOffset + recordRoute;
      int pointer = octet(bytes, at + POINTER);
      if (pointer + 3 <= octet(bytes, at + LENGTH)) {
        int32(bytes, at + pointer - 1, address);
        octet(bytes, at + POINTER, pointer + 4);
      }
    }
    if (timestamp != ABSENT) {
      recordTime(bytes, optionsOffset + timestamp, address, now);
    }
  }

  private void recordTime(byte[] bytes, int at, int address, long now) {
    int pointer = octet(bytes, at + POINTER);
    int flags = octet(bytes, at + FLAGS);
    int entry = entryLength(flags & 0xf);
    int place = at + pointer - 1;
    if (pointer + entry - 1 > octet(bytes, at + LENGTH)) {
      if (flags >>> 4 < MAX_OVERFLOW) {
        octet(bytes, at + FLAGS, flags + 0x10);
      }
      return;
    }
    if ((flags & 0xf) == PRESPECIFIED && !stack.isLocal(int32(bytes, place))) {
      return;
    }
    if ((flags & 0xf) == TIME_AND_ADDRESS) {
      int32(bytes, place, address);
    }
    int32(bytes, place + entry - 4, time(now));
    octet(bytes, at + POINTER, pointer + entry);
  }

  /** Milliseconds since the world began, as hosts that do not know the hour send. */
  public static int time(long now) {
    return (int) (now / NANOS_PER_MILLI) | NONSTANDARD_TIME;
  }

  private static int entryLength(int flag) {
    return flag == TIME_ONLY ? 4 : 8;
  }

  /**
   * Copies the options that belong in every fragment, padded to whole words, and returns their
   * length.
   */
  static int copyForFragments(byte[] from, int start, int end, byte[] to, int offset) {
    int length = 0;
    for (int at = start; at < end && octet(from, at) != END; ) {
      int type = octet(from, at);
      int optionLength = type == NO_OPERATION ? 1 : octet(from, at + LENGTH);
      if ((type & COPIED) != 0) {
        System.arraycopy(from, at, to, offset + length, optionLength);
        length += optionLength;
      }
      at += optionLength;
    }
    while ((length & 3) != 0) {
      octet(to, offset + length++, END);
    }
    return length;
  }
}

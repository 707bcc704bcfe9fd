package dev.dockwire.stack.ip;

import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.StackInterface;
import java.util.Arrays;

/**
 * A packet of which not all fragments have arrived. Its payload is put together in place, behind
 * room for the header, so that the whole packet lies in one piece when the last fragment comes.
 *
 * <p>Fragments are remembered one by one, in order, because the same one again is harmless and any
 * other overlap is an attack (as in RFC 8200, section 4.5, and Linux for IPv4 too).
 */
final class PartialPacket {

  static final int MAX_PACKET = 65_535;

  private static final int MAX_HEADER = 60;
  private static final int TOTAL_LENGTH = 2;
  private static final int FRAGMENT = 6;
  private static final int CHECKSUM = 10;
  private static final int UNKNOWN = -1;
  private static final int FIRST_BUFFER = 2_048;
  private static final int OWN_SIZE = 128;

  enum Verdict {
    WAITING,
    COMPLETE,
    OVERLAP,
    CONTRADICTION
  }

  PartialPacket nextInBucket;
  PartialPacket older;
  PartialPacket newer;
  int bucket;

  private final StackInterface in;
  private final int source;
  private final int destination;
  private final int identification;
  private final int protocol;
  private final long deadline;

  private byte[] buffer = {};
  private char[] starts = new char[4];
  private char[] ends = new char[4];
  private int fragments;
  private int headerLength;
  private int firstLength;
  private int received;
  private int length = UNKNOWN;
  private boolean groupFrame;
  private boolean toGroup;

  PartialPacket(InboundPacket fragment, long deadline) {
    Ipv4View header = fragment.header();
    this.in = fragment.in();
    this.source = header.source();
    this.destination = header.destination();
    this.identification = header.identification();
    this.protocol = header.protocol();
    this.deadline = deadline;
  }

  boolean isOf(Ipv4View header) {
    return header.identification() == identification
        && header.source() == source
        && header.destination() == destination
        && header.protocol() == protocol;
  }

  /** Takes a fragment whose length and place make sense by themselves. */
  Verdict add(InboundPacket fragment) {
    Ipv4View header = fragment.header();
    int start = header.fragmentOffset();
    int end = start + header.payloadLength();
    int place = place(start);
    if (place < fragments && starts[place] == start && ends[place] == end) {
      return isDuplicate(header, end) ? Verdict.WAITING : Verdict.CONTRADICTION;
    }
    if (place < fragments && starts[place] < end || place > 0 && ends[place - 1] > start) {
      return Verdict.OVERLAP;
    }
    if (!learnLength(header, end)) {
      return Verdict.CONTRADICTION;
    }
    store(fragment, header, start, end);
    insert(place, start, end);
    groupFrame |= fragment.isGroupFrame();
    toGroup |= fragment.isToGroup();
    return received == length ? complete() : Verdict.WAITING;
  }

  private boolean isDuplicate(Ipv4View header, int end) {
    return header.moreFragments() ? length == UNKNOWN || end < length : end == length;
  }

  /** False if the fragment says that the packet ends elsewhere than is known. */
  private boolean learnLength(Ipv4View header, int end) {
    if (header.moreFragments()) {
      return length == UNKNOWN || end < length;
    }
    if (length != UNKNOWN || fragments > 0 && ends[fragments - 1] > end) {
      return false;
    }
    length = end;
    return true;
  }

  private void store(InboundPacket fragment, Ipv4View header, int start, int end) {
    ensureRoom(end);
    System.arraycopy(
        fragment.bytes(), header.payloadOffset(), buffer, MAX_HEADER + start, end - start);
    if (start == 0) {
      headerLength = header.headerLength();
      firstLength = end;
      System.arraycopy(
          fragment.bytes(), fragment.offset(), buffer, MAX_HEADER - headerLength, headerLength);
    }
    received += end - start;
  }

  private void ensureRoom(int end) {
    int needed = MAX_HEADER + Math.max(end, length);
    if (buffer.length < needed) {
      int doubled = Math.min(buffer.length * 2, MAX_HEADER + MAX_PACKET);
      int atLeast = length == UNKNOWN ? Math.max(FIRST_BUFFER, doubled) : needed;
      buffer = Arrays.copyOf(buffer, Math.max(needed, atLeast));
    }
  }

  private void insert(int place, int start, int end) {
    if (fragments == starts.length) {
      starts = Arrays.copyOf(starts, fragments * 2);
      ends = Arrays.copyOf(ends, fragments * 2);
    }
    System.arraycopy(starts, place, starts, place + 1, fragments - place);
    System.arraycopy(ends, place, ends, place + 1, fragments - place);
    starts[place] = (char) start;
    ends[place] = (char) end;
    fragments++;
  }

  /** Where a fragment with this start is, or would be, among the others. */
  private int place(int start) {
    if (fragments == 0 || starts[fragments - 1] < start) {
      return fragments;
    }
    int found = Arrays.binarySearch(starts, 0, fragments, (char) start);
    return found >= 0 ? found : -found - 1;
  }

  private Verdict complete() {
    return headerLength + length <= MAX_PACKET ? Verdict.COMPLETE : Verdict.CONTRADICTION;
  }

  /** Makes {@code packet} the whole packet. */
  void deliverTo(InboundPacket packet) {
    int offset = MAX_HEADER - headerLength;
    short16(buffer, offset + TOTAL_LENGTH, headerLength + length);
    short16(buffer, offset + FRAGMENT, 0);
    short16(buffer, offset + CHECKSUM, 0);
    short16(buffer, offset + CHECKSUM, InternetChecksum.compute(buffer, offset, headerLength));
    packet.wrap(in, buffer, offset, headerLength + length, groupFrame);
    packet.toGroup(toGroup);
  }

  boolean hasFirst() {
    return firstLength > 0;
  }

  /** Makes {@code packet} the first fragment, as it came. */
  void showFirst(InboundPacket packet) {
    packet.wrap(in, buffer, MAX_HEADER - headerLength, headerLength + firstLength, groupFrame);
  }

  int source() {
    return source;
  }

  long deadline() {
    return deadline;
  }

  /** Octets of memory this packet takes. */
  int bytes() {
    return OWN_SIZE + buffer.length + 4 * starts.length;
  }
}

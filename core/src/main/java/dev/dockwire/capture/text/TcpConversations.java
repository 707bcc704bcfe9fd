package dev.dockwire.capture.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the sequence numbers of each TCP conversation started, so that they can be printed relative
 * to that, by tcpdump's rule: the first segment with an acknowledgment is printed as it is, and so
 * is every SYN; those after it relative to it. (Blocks of SACK are always relative.) Remembers a
 * bounded number of conversations.
 */
final class TcpConversations {

  private static final int MAX_CONVERSATIONS = 100_000;

  private final Map<Flow, Origin> origins =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Flow, Origin> eldest) {
          return size() > MAX_CONVERSATIONS;
        }
      };

  /** One direction of a conversation. */
  record Flow(int source, int sourcePort, int destination, int destinationPort) {
    Flow reversed() {
      return new Flow(destination, destinationPort, source, sourcePort);
    }
  }

  /** What to subtract from the numbers of one direction. */
  record Origin(int sequence, int acknowledgment) {

    static final Origin ABSOLUTE = new Origin(0, 0);

    long ofSender(int number) {
      return number - sequence & 0xffff_ffffL;
    }

    /** A number out of the sequence space of the other direction. */
    long ofPeer(int number) {
      return number - acknowledgment & 0xffff_ffffL;
    }

    Origin reversed() {
      return new Origin(acknowledgment, sequence);
    }
  }

  /** The origin for a segment that has an acknowledgment and is not the first. */
  Optional<Origin> find(Flow flow) {
    return Optional.ofNullable(origins.get(flow));
  }

  /** Begins a conversation with its first segment that has an acknowledgment. */
  Origin begin(Flow flow, int sequence, int acknowledgment) {
    Origin origin = new Origin(sequence, acknowledgment - 1);
    origins.put(flow, origin);
    origins.put(flow.reversed(), origin.reversed());
    return origin;
  }
}

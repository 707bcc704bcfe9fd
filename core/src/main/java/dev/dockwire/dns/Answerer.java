package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Answers what a {@link Zone} knows, as Docker's server does, whatever brings the question.
 *
 * <p>A name that is known has its addresses, in another order each time, and nothing of the types
 * AAAA and MX; its other types, and all that is not known, are somebody else's to answer.
 */
final class Answerer {

  /** What a message without EDNS may have at most (RFC 1035, section 4.2.1). */
  static final int PLAIN_SIZE = 512;

  /** What is sent at most in one datagram, whatever the other side could take. */
  static final int MAX_SIZE = 1_232;

  private static final long TTL_SECONDS = 600;
  private static final String REVERSE = ".in-addr.arpa";

  private final Zone zone;
  private final RandomGenerator random;

  Answerer(Zone zone, RandomGenerator random) {
    this.zone = zone;
    this.random = random;
  }

  /** The response to a query; empty if this zone has none. */
  Optional<DnsMessage> answer(DnsMessage query) {
    Optional<DnsMessage> refusal = refuse(query);
    if (refusal.isPresent()) {
      return refusal;
    }
    Question question = query.questions().getFirst();
    if (question.recordClass() != RecordType.IN) {
      return Optional.empty();
    }
    return switch (question.type()) {
      case RecordType.A -> addresses(question).map(found -> respond(query, found));
      case RecordType.AAAA, RecordType.MX ->
          addresses(question).map(_ -> respond(query, List.of()));
      case RecordType.PTR -> pointer(question).map(found -> respond(query, List.of(found)));
      default -> Optional.empty();
    };
  }

  private static Optional<DnsMessage> refuse(DnsMessage query) {
    List<ResourceRecord> options = query.options();
    if (query.opcode() != 0) {
      return Optional.of(respond(query, ResponseCode.NOTIMP, List.of()));
    }
    if (query.questions().size() != 1 || options.size() > 1) {
      return Optional.of(respond(query, ResponseCode.FORMERR, List.of()));
    }
    if (!options.isEmpty() && (options.getFirst().ttlSeconds() >>> 16 & 0xff) != 0) {
      return Optional.of(respond(query, ResponseCode.BADVERS, List.of()));
    }
    return Optional.empty();
  }

  private Optional<List<ResourceRecord>> addresses(Question question) {
    List<Ipv4Address> left = new ArrayList<>(zone.addresses(question.name()));
    List<ResourceRecord> records = new ArrayList<>();
    while (!left.isEmpty()) {
      Ipv4Address next = left.remove(random.nextInt(left.size()));
      records.add(ResourceRecord.address(question.name(), TTL_SECONDS, next));
    }
    return records.isEmpty() ? Optional.empty() : Optional.of(records);
  }

  private Optional<ResourceRecord> pointer(Question question) {
    String name = question.name();
    int end = name.length() - REVERSE.length();
    if (end < 0 || !name.regionMatches(true, end, REVERSE, 0, REVERSE.length())) {
      return Optional.empty();
    }
    String reversed = name.substring(0, end);
    if (!Ipv4Address.isAddress(reversed)) {
      return Optional.empty();
    }
    int address = Integer.reverseBytes(Ipv4Address.parse(reversed).value());
    return zone.name(new Ipv4Address(address))
        .filter(DomainName::isName)
        .map(target -> ResourceRecord.pointer(name, TTL_SECONDS, target));
  }

  private static DnsMessage respond(DnsMessage query, List<ResourceRecord> answers) {
    return respond(query, ResponseCode.NOERROR, answers);
  }

  /** A response, with the question as it was asked. */
  static DnsMessage respond(DnsMessage query, int code, List<ResourceRecord> answers) {
    int flags =
        DnsMessage.RESPONSE
            | query.flags() & (DnsMessage.OPCODE | DnsMessage.RECURSION_DESIRED)
            | DnsMessage.RECURSION_AVAILABLE
            | code & 0xf;
    List<Question> questions = query.questions().size() == 1 ? query.questions() : List.of();
    List<ResourceRecord> additional =
        query.options().isEmpty() ? List.of() : List.of(option(code >>> 4));
    return new DnsMessage(query.id(), flags, questions, answers, List.of(), additional);
  }

  /** The answer as it is, or without its records, and marked, if one datagram cannot take it. */
  static DnsMessage fit(int maxSize, DnsMessage whole) {
    if (whole.bytes().length <= maxSize) {
      return whole;
    }
    return new DnsMessage(
        whole.id(),
        whole.flags() | DnsMessage.TRUNCATED,
        whole.questions(),
        List.of(),
        List.of(),
        whole.options());
  }

  /** Who asked with EDNS hears with EDNS: the size that can be taken here, version 0. */
  private static ResourceRecord option(int extendedCode) {
    return new ResourceRecord("", RecordType.OPT, MAX_SIZE, (long) extendedCode << 24, new byte[0]);
  }

  /** How long the response to a query may be in one datagram. */
  static int maxSize(byte[] query, int offset, int length) {
    return DnsMessage.parse(query, offset, length).map(Answerer::maxSize).orElse(PLAIN_SIZE);
  }

  static int maxSize(DnsMessage query) {
    return query.options().stream()
        .mapToInt(option -> Math.clamp(option.recordClass(), PLAIN_SIZE, MAX_SIZE))
        .findFirst()
        .orElse(PLAIN_SIZE);
  }
}

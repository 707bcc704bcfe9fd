package dev.dockwire.dns;

import dev.dockwire.frame.NetworkOrder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question or response (RFC 1035, section 4.1).
 *
 * <pre>
 *  0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |                      ID                       |
 * |QR|   Opcode  |AA|TC|RD|RA|   Z    |   RCODE   |
 * |                    QDCOUNT                    |
 * |                    ANCOUNT                    |
 * |                    NSCOUNT                    |
 * |                    ARCOUNT                    |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * </pre>
 */
public record DnsMessage(
    int id,
    int flags,
    List<Question> questions,
    List<ResourceRecord> answers,
    List<ResourceRecord> authority,
    List<ResourceRecord> additional) {

  public static final int HEADER_LENGTH = 12;
  public static final int RESPONSE = 0x8000;
  public static final int AUTHORITATIVE = 0x0400;
  public static final int TRUNCATED = 0x0200;
  public static final int RECURSION_DESIRED = 0x0100;
  public static final int RECURSION_AVAILABLE = 0x0080;

  static final int OPCODE = 0x7800;
  private static final int RCODE = 0x000f;
  private static final int FIRST_NAME = 0xc000 | HEADER_LENGTH;

  public DnsMessage {
    questions = List.copyOf(questions);
    answers = List.copyOf(answers);
    authority = List.copyOf(authority);
    additional = List.copyOf(additional);
  }

  /** Asks a server to find out. */
  public static DnsMessage query(int id, Question question) {
    return new DnsMessage(
        id, RECURSION_DESIRED, List.of(question), List.of(), List.of(), List.of());
  }

  /** Reads a message; empty if it is malformed. What follows it is ignored. */
  public static Optional<DnsMessage> parse(byte[] bytes, int offset, int length) {
    MessageReader reader = new MessageReader(bytes, offset, length);
    int id = reader.int16();
    int flags = reader.int16();
    int[] counts = {reader.int16(), reader.int16(), reader.int16(), reader.int16()};
    List<Question> questions = new ArrayList<>(1);
    for (int i = 0; i < counts[0] && !reader.hasFailed(); i++) {
      questions.add(Question.read(reader));
    }
    List<ResourceRecord> answers = readRecords(reader, counts[1]);
    List<ResourceRecord> authority = readRecords(reader, counts[2]);
    List<ResourceRecord> additional = readRecords(reader, counts[3]);
    return reader.hasFailed()
        ? Optional.empty()
        : Optional.of(new DnsMessage(id, flags, questions, answers, authority, additional));
  }

  private static List<ResourceRecord> readRecords(MessageReader reader, int count) {
    List<ResourceRecord> records = new ArrayList<>();
    for (int i = 0; i < count && !reader.hasFailed(); i++) {
      records.add(ResourceRecord.read(reader));
    }
    return records;
  }

  /** The message's octets; names are compressed only where they are the question's. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write16(out, id);
    write16(out, flags);
    write16(out, questions.size());
    write16(out, answers.size());
    write16(out, authority.size());
    write16(out, additional.size());
    for (Question question : questions) {
      out.writeBytes(DomainName.bytes(question.name()));
      write16(out, question.type());
      write16(out, question.recordClass());
    }
    answers.forEach(answer -> write(out, answer));
    authority.forEach(answer -> write(out, answer));
    additional.forEach(answer -> write(out, answer));
    return out.toByteArray();
  }

  private void write(ByteArrayOutputStream out, ResourceRecord written) {
    if (!questions.isEmpty()
        && !written.name().isEmpty()
        && written.name().equals(questions.getFirst().name())) {
      write16(out, FIRST_NAME);
    } else {
      out.writeBytes(DomainName.bytes(written.name()));
    }
    write16(out, written.type());
    write16(out, written.recordClass());
    byte[] ttl = new byte[4];
    NetworkOrder.int32(ttl, 0, (int) written.ttlSeconds());
    out.writeBytes(ttl);
    write16(out, written.data().length);
    out.writeBytes(written.data());
  }

  private static void write16(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  public boolean isResponse() {
    return (flags & RESPONSE) != 0;
  }

  public boolean isTruncated() {
    return (flags & TRUNCATED) != 0;
  }

  public boolean isAuthoritative() {
    return (flags & AUTHORITATIVE) != 0;
  }

  public int opcode() {
    return (flags & OPCODE) >>> 11;
  }

  public int rcode() {
    return flags & RCODE;
  }

  /** The records that carry options about the message itself (RFC 6891); one is allowed. */
  List<ResourceRecord> options() {
    return additional.stream().filter(each -> each.type() == RecordType.OPT).toList();
  }
}

package dev.dockwire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format of messages, both ways, and what is not one. */
class DnsMessageTest {

  /** www.n1, type A, class IN. */
  private static final String QUESTION = "03777777 026e31 00 0001 0001";

  private static final String ADDRESS = "c00c 0001 0001 00000258 0004 ac120002";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static Optional<DnsMessage> parse(String hex) {
    return parse(bytes(hex));
  }

  private static Optional<DnsMessage> parse(byte[] message) {
    byte[] dirty = new byte[message.length + 20];
    Arrays.fill(dirty, (byte) 0x5a);
    System.arraycopy(message, 0, dirty, 7, message.length);
    return DnsMessage.parse(dirty, 7, message.length);
  }

  @Test
  void aQuery() {
    byte[] golden = bytes("1234 0100 0001 0000 0000 0000" + QUESTION);
    DnsMessage query = DnsMessage.query(0x1234, Question.of("www.n1", RecordType.A));
    assertThat(query.bytes()).isEqualTo(golden);
    assertThat(parse(golden)).contains(query);
    assertThat(query.isResponse()).isFalse();
  }

  @Test
  void aResponseRefersToTheQuestionsName() {
    byte[] golden = bytes("1234 8180 0001 0001 0000 0000" + QUESTION + ADDRESS);
    DnsMessage response =
        new DnsMessage(
            0x1234,
            0x8180,
            List.of(Question.of("www.n1", RecordType.A)),
            List.of(ResourceRecord.address("www.n1", 600, Ipv4Address.parse("172.18.0.2"))),
            List.of(),
            List.of());
    assertThat(response.bytes()).isEqualTo(golden);
    DnsMessage parsed = parse(golden).orElseThrow();
    assertThat(parsed.bytes()).isEqualTo(golden);
    assertThat(parsed.answers().getFirst().address()).hasToString("172.18.0.2");
    assertThat(parsed.answers().getFirst().ttlSeconds()).isEqualTo(600);
  }

  @Test
  void namesInDataAreReadThroughPointers() {
    DnsMessage parsed =
        parse(
                "0001 8180 0001 0002 0000 0000"
                    + QUESTION
                    + "c00c 0005 0001 00000001 0002 c010"
                    + "c010 000f 0001 00000001 0008 000a 036d7831 c010")
            .orElseThrow();
    assertThat(parsed.answers().get(0).target(0)).isEqualTo("n1");
    assertThat(parsed.answers().get(1).name()).isEqualTo("n1");
    assertThat(parsed.answers().get(1).target(2)).isEqualTo("mx1.n1");
    assertThat(parse(parsed.bytes()).orElseThrow().bytes()).isEqualTo(parsed.bytes());
  }

  @Test
  void everyTruncationIsMalformed() {
    byte[] whole = bytes("1234 8180 0001 0001 0000 0000" + QUESTION + ADDRESS);
    for (int length = 0; length < whole.length; length++) {
      assertThat(DnsMessage.parse(whole, 0, length)).as("%d octets", length).isEmpty();
    }
    assertThat(DnsMessage.parse(whole, 0, whole.length)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "a pointer to itself, c00c",
    "a pointer forward, c00e 0361616100",
    "two pointers in a circle, c00e c00c",
    "a pointer into the name it ends, 03616161 c00c",
    "a pointer beyond the end, ffff",
    "a label of type 01, 4161",
    "a label of type 10, 8161",
    "a label without an end, 3f61"
  })
  void namesThatAreNone(String what, String name) {
    assertThat(parse("0001 0100 0001 0000 0000 0000" + name + "00010001")).as(what).isEmpty();
  }

  @Test
  void aNameGoesThrough126PointersAtMost() {
    assertThat(parse(withPointers(126))).isPresent();
    assertThat(parse(withPointers(127))).isEmpty();
  }

  /** A record's data is a chain of pointers, each to the one before; the next name is its end. */
  private static byte[] withPointers(int count) {
    int root = 12 + 11;
    StringBuilder chain = new StringBuilder("00");
    int target = root;
    for (int i = 1; i < count; i++) {
      chain.append(String.format("%04x", 0xc000 | target));
      target = root + 1 + 2 * (i - 1);
    }
    String data = String.format("%04x", chain.length() / 2) + chain;
    String last = String.format("%04x", 0xc000 | target);
    return bytes(
        "0001 8180 0000 0002 0000 0000 00 0063 0001 00000000"
            + data
            + last
            + "0063 0001 00000000 0000");
  }

  @Test
  void aNameHas255OctetsAtMost() {
    byte[] label = ("\u003f" + "a".repeat(63)).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(parse(named(label, 3, 61))).isPresent();
    assertThat(parse(named(label, 3, 62))).isEmpty();
    assertThat(parse(named(label, 4, 1))).isEmpty();
  }

  /** A query for a name of some labels of 63 octets and a last one. */
  private static byte[] named(byte[] label, int times, int last) {
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    query.writeBytes(bytes("0001 0100 0001 0000 0000 0000"));
    for (int i = 0; i < times; i++) {
      query.writeBytes(label);
    }
    query.write(last);
    query.writeBytes("b".repeat(last).getBytes(StandardCharsets.ISO_8859_1));
    query.writeBytes(bytes("00 0001 0001"));
    return query.toByteArray();
  }

  @Test
  void dataEndsWhereItsLengthSays() {
    String head = "0001 8180 0001 0001 0000 0000" + QUESTION;
    assertThat(parse(head + "c00c 0001 0001 00000258 0005 ac12000200")).isEmpty();
    assertThat(parse(head + "c00c 000c 0001 00000258 0003 c00c00")).isEmpty();
    assertThat(parse(head + "c00c 000c 0001 00000258 0001 c00c")).isEmpty();
  }

  @Test
  void moreRecordsAreAnnouncedThanThereAre() {
    assertThat(parse("0001 0100 ffff 0000 0000 0000" + QUESTION)).isEmpty();
    assertThat(parse("0001 0100 0001 ffff ffff ffff" + QUESTION)).isEmpty();
  }

  @Test
  void oddOctetsInNamesAreEscapedAndComeBack() {
    byte[] query = bytes("0001 0100 0001 0000 0000 0000 05 612e5c00ff 00 0001 0001");
    DnsMessage parsed = parse(query).orElseThrow();
    assertThat(parsed.questions().getFirst().name()).isEqualTo("a\\.\\\\\\000\\255");
    assertThat(parsed.bytes()).isEqualTo(query);
  }

  @Test
  void textsThatAreNoNames() {
    for (String text : List.of("a..b", ".a", "..", "x".repeat(64), "b.".repeat(128), "\u20ac")) {
      assertThat(Question.canAskFor(text)).as(text).isFalse();
    }
    for (String text : List.of("a", "a.", "a_b.c-d", "x".repeat(63), ".")) {
      assertThat(Question.canAskFor(text)).as(text).isTrue();
    }
  }

  @Test
  void noiseNeverThrowsAndWhatIsReadCanBeWritten() {
    SplittableRandom random = new SplittableRandom(5);
    byte[] seed = bytes("1234 8180 0001 0001 0000 0000" + QUESTION + ADDRESS);
    int good = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] noise = seed.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      }
      Optional<DnsMessage> parsed = DnsMessage.parse(noise, 0, noise.length);
      if (parsed.isPresent()) {
        good++;
        byte[] again = parsed.get().bytes();
        assertThat(parse(again).orElseThrow().bytes()).isEqualTo(again);
      }
    }
    assertThat(good).isBetween(1_000, 49_000);
  }

  @Test
  void reverseNames() {
    assertThat(Question.reverseName(Ipv4Address.parse("172.18.0.2")))
        .isEqualTo("2.0.18.172.in-addr.arpa");
  }
}

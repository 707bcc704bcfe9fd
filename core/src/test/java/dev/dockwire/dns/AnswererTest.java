package dev.dockwire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.time.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers for itself. */
class AnswererTest {

  private static final int HEADER_OF_DOCKER = 0x8180;

  /** a1 has three addresses, many has a hundred. */
  private static final Zone ZONE =
      new Zone() {
        @Override
        public List<Ipv4Address> addresses(String name) {
          int count = name.equalsIgnoreCase("a1") ? 3 : name.equals("many") ? 100 : 0;
          return IntStream.range(0, count).mapToObj(i -> new Ipv4Address(0xac12_0002 + i)).toList();
        }

        @Override
        public Optional<String> name(Ipv4Address address) {
          return address.value() == 0xac12_0002 ? Optional.of("a1.n1") : Optional.empty();
        }
      };

  private final Answerer answerer = new Answerer(ZONE, new Seed(1).generator("dns"));

  private Optional<DnsMessage> ask(String name, int type) {
    return answerer.answer(DnsMessage.query(7, Question.of(name, type)));
  }

  @Test
  void addressesInSomeOrderEachTime() {
    List<List<String>> seen = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      DnsMessage answer = ask("a1", RecordType.A).orElseThrow();
      assertThat(answer.flags()).isEqualTo(HEADER_OF_DOCKER);
      assertThat(answer.answers()).allMatch(found -> found.ttlSeconds() == 600);
      seen.add(answer.answers().stream().map(found -> found.address().toString()).toList());
    }
    assertThat(seen)
        .allSatisfy(
            each ->
                assertThat(each)
                    .containsExactlyInAnyOrder("172.18.0.2", "172.18.0.3", "172.18.0.4"));
    assertThat(new HashSet<>(seen)).hasSize(6);
  }

  @Test
  void theQuestionIsEchoedAsItWasAsked() {
    DnsMessage answer = ask("A1", RecordType.A).orElseThrow();
    assertThat(answer.id()).isEqualTo(7);
    assertThat(answer.questions()).containsExactly(Question.of("A1", RecordType.A));
    assertThat(answer.answers()).extracting(ResourceRecord::name).containsOnly("A1");
  }

  @ParameterizedTest
  @ValueSource(ints = {RecordType.AAAA, RecordType.MX})
  void aKnownNameHasNothingElse(int type) {
    DnsMessage answer = ask("a1", type).orElseThrow();
    assertThat(answer.flags()).isEqualTo(HEADER_OF_DOCKER);
    assertThat(answer.answers()).isEmpty();
  }

  @Test
  void theNameOfAnAddress() {
    DnsMessage answer = ask("2.0.18.172.in-addr.arpa", RecordType.PTR).orElseThrow();
    assertThat(answer.answers().getFirst().target(0)).isEqualTo("a1.n1");
    assertThat(ask("2.0.18.172.IN-ADDR.ARPA", RecordType.PTR)).isPresent();
  }

  @Test
  void allElseIsForOthers() {
    assertThat(ask("a2", RecordType.A)).isEmpty();
    assertThat(ask("a1", RecordType.TXT)).isEmpty();
    assertThat(ask("a1", RecordType.ANY)).isEmpty();
    assertThat(ask("9.0.18.172.in-addr.arpa", RecordType.PTR)).isEmpty();
    assertThat(ask("18.172.in-addr.arpa", RecordType.PTR)).isEmpty();
    assertThat(ask("x.0.18.172.in-addr.arpa", RecordType.PTR)).isEmpty();
    assertThat(ask("in-addr.arpa", RecordType.PTR)).isEmpty();
    assertThat(answerer.answer(DnsMessage.query(1, new Question("a1", RecordType.A, 3)))).isEmpty();
  }

  @Test
  void whatDoesNotFitIsMarkedAsTruncated() {
    DnsMessage answer = Answerer.fit(512, ask("many", RecordType.A).orElseThrow());
    assertThat(answer.isTruncated()).isTrue();
    assertThat(answer.answers()).isEmpty();
    assertThat(Answerer.fit(512, ask("a1", RecordType.A).orElseThrow()).isTruncated()).isFalse();
  }

  private static DnsMessage fitted(DnsMessage query, List<ResourceRecord> answers) {
    return Answerer.fit(Answerer.maxSize(query), Answerer.respond(query, 0, answers));
  }

  @Test
  void whoCanTakeMoreGets1232OctetsAtMost() {
    DnsMessage query = withOptions(65_535, 0);
    DnsMessage plenty = Answerer.fit(Answerer.maxSize(query), answerer.answer(query).orElseThrow());
    assertThat(plenty.isTruncated()).as("1,600 octets and more").isTrue();
    assertThat(plenty.additional()).extracting(ResourceRecord::type).containsOnly(RecordType.OPT);
    assertThat(plenty.bytes()).hasSizeLessThan(512);
    assertThat(fitted(withOptions(65_535, 0), addresses(60)).isTruncated()).isFalse();
    assertThat(fitted(withOptions(0, 0), addresses(20)).isTruncated()).isFalse();
    assertThat(fitted(withOptions(0, 0), addresses(60)).isTruncated()).isTrue();
  }

  private static List<ResourceRecord> addresses(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ResourceRecord.address("many", 600, new Ipv4Address(i)))
        .toList();
  }

  private static ResourceRecord option(int size, int version) {
    return new ResourceRecord("", RecordType.OPT, size, (long) version << 16, new byte[0]);
  }

  private static DnsMessage withOptions(int size, int version) {
    Question question = Question.of("many", RecordType.A);
    return new DnsMessage(
        7, 0x0100, List.of(question), List.of(), List.of(), List.of(option(size, version)));
  }

  @Test
  void anUnknownVersionOfEdns() {
    DnsMessage answer = answerer.answer(withOptions(1_232, 1)).orElseThrow();
    assertThat(answer.rcode()).isZero();
    assertThat(answer.additional().getFirst().ttlSeconds() >>> 24).isOne();
  }

  @Test
  void queriesThatMakeNoSense() {
    Question question = Question.of("a1", RecordType.A);
    assertThat(code(0x0100, List.of(), List.of())).isEqualTo(ResponseCode.FORMERR);
    assertThat(code(0x0100, List.of(question, question), List.of()))
        .isEqualTo(ResponseCode.FORMERR);
    assertThat(code(0x0100, List.of(question), List.of(option(512, 0), option(512, 0))))
        .isEqualTo(ResponseCode.FORMERR);
    assertThat(code(0x2900, List.of(question), List.of())).isEqualTo(ResponseCode.NOTIMP);
  }

  private int code(int flags, List<Question> questions, List<ResourceRecord> additional) {
    DnsMessage query = new DnsMessage(1, flags, questions, List.of(), List.of(), additional);
    return answerer.answer(query).orElseThrow().rcode();
  }
}

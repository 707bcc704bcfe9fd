package dev.dockwire.tools.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON as bytes; what Go itself makes of values is in {@link ReferenceTest}. */
class GoJsonTest {

  private final GoJson json = new GoJson();

  private String written(Object value) {
    json.clear().write(value);
    return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
  }

  @Test
  void textIsEscapedWhereverItHasToBe() {
    assertThat(written("plain")).isEqualTo("\"plain\"");
    assertThat(written("a\"b\\c\nd\u0001e\u2028")).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001e\\u2028\"");
    assertThat(written("<é 日本 \uD83D\uDC33>")).isEqualTo("\"<é 日本 \uD83D\uDC33>\"");
    assertThat(written("half \uD83D of a pair")).isEqualTo("\"half \\ufffd of a pair\"");
  }

  @Test
  void structsKeepTheirOrderAndMapsAreSorted() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", null);
    GoStruct struct = GoStruct.of("t", new Object[] {"Z", map, "A", List.of(true, 2L), "E", 0.5});
    assertThat(written(struct)).isEqualTo("{\"Z\":{\"a\":null,\"b\":1},\"A\":[true,2],\"E\":0.5}");
  }

  @Test
  void elementsAreTakenOneByOne() {
    Iterable<Integer> elements = () -> List.of(1, 2).iterator();
    assertThat(written(elements)).isEqualTo("[1,2]");
    assertThat(written(List.of())).isEqualTo("[]");
  }

  @Test
  void oneTextFollowsAnotherHoweverLongTheyAre() {
    String[] long1 = new String[100_000];
    Arrays.fill(long1, "0123456789012345678901234567890123456789012345");
    assertThat(written(List.of(long1))).hasSize(100_000 * 49 + 1);
    assertThat(written("é")).isEqualTo("\"é\"");
    assertThat(json.bytes()).as("what was too much is given back").hasSizeLessThan(1_000);
  }

  @Test
  void aStructHasAFieldOnce() {
    assertThatThrownBy(() -> GoStruct.of("t", new Object[] {"A", 1, "A", 2}))
        .isInstanceOf(AssertionError.class);
  }
}

package dev.dockwire.program.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpUrlTest {

  @Test
  void takesAddressesApart() {
    assertThat(HttpUrl.parse("a1"))
        .contains(new HttpUrl("http", Optional.empty(), "a1", "a1", 80, "/"));
    assertThat(HttpUrl.parse("http://u:p@a1:8080/x?y=z#f"))
        .contains(new HttpUrl("http", Optional.of("u:p"), "a1:8080", "a1", 8080, "/x?y=z"));
    assertThat(HttpUrl.parse("a1?q").orElseThrow().target()).isEqualTo("/?q");
    assertThat(HttpUrl.parse("http://a b/")).isEmpty();
    assertThat(HttpUrl.parse("http://a:99999/")).isEmpty();
    assertThat(HttpUrl.parse("http:///")).isEmpty();
    assertThat(HttpUrl.parse("")).isEmpty();
  }

  @Test
  void followsALocation() {
    HttpUrl url = HttpUrl.parse("http://a1:81/x/y?z").orElseThrow();
    assertThat(url.resolve("/ok")).isEqualTo("http://a1:81/ok");
    assertThat(url.resolve("ok")).isEqualTo("http://a1:81/x/ok");
    assertThat(url.resolve("http://b/")).isEqualTo("http://b/");
    assertThat(url.resolve("//b/c")).isEqualTo("http://b/c");
  }
}

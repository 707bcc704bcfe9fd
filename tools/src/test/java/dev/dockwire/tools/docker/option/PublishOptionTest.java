package dev.dockwire.tools.docker.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishOptionTest {

  private static List<PortBinding> parse(String value) throws UsageException {
    return PublishOption.bindings(List.of(value));
  }

  @Test
  void allFormsOfTheOption() throws UsageException {
    assertThat(parse("80")).containsExactly(new PortBinding(80, "tcp", "", 0, 0));
    assertThat(parse("8080:80")).containsExactly(new PortBinding(80, "tcp", "", 8080, 8080));
    assertThat(parse("53:53/UDP")).containsExactly(new PortBinding(53, "udp", "", 53, 53));
    assertThat(parse("127.0.0.1:8081:80"))
        .containsExactly(new PortBinding(80, "tcp", "127.0.0.1", 8081, 8081));
    assertThat(parse("127.0.0.1::80"))
        .containsExactly(new PortBinding(80, "tcp", "127.0.0.1", 0, 0));
    assertThat(parse("8100-8101:80")).containsExactly(new PortBinding(80, "tcp", "", 8100, 8101));
    assertThat(parse("8000-8001:80-81"))
        .containsExactly(
            new PortBinding(80, "tcp", "", 8000, 8000), new PortBinding(81, "tcp", "", 8001, 8001));
    assertThat(parse("80-81"))
        .containsExactly(
            new PortBinding(80, "tcp", "", 0, 0), new PortBinding(81, "tcp", "", 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, invalid containerPort: abc",
    "80:99999, invalid containerPort: 99999",
    "70000:80, invalid hostPort: 70000",
    "81-80:80, invalid hostPort: 81-80",
    "80:80/xyz, invalid proto: xyz",
    "1.2.3.400:80:80, invalid IP address: 1.2.3.400",
    "80:, no port specified: 80:<empty>",
    "8000-8002:80-81, invalid ranges specified for container and host Ports: 80-81 and 8000-8002"
  })
  void whatIsWrongIsSaidInDockersWords(String value, String message) {
    assertThatThrownBy(() -> parse(value)).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void exposedPorts() throws UsageException {
    assertThat(PublishOption.exposed(List.of("80", "7000-7001/udp")))
        .containsExactly("80/tcp", "7000/udp", "7001/udp");
  }
}

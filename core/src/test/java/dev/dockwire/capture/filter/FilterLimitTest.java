package dev.dockwire.capture.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.capture.Direction;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long and how deep an expression may be: the loop that tests frames has one stack. */
class FilterLimitTest {

  private static final String TOO_COMPLEX = "can't parse filter expression: memory exhausted";
  private static final int SMALL_STACK = 512 * 1024;

  private static FrameFilter compile(String expression) throws FilterException {
    return FrameFilter.compile(expression, FilterNames.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip or ", "not ", "host 10.0.0.1 and ", "-", "(", "not (", "ether[", "("})
  void whatIsTooLongOrTooDeepIsRefused(String again) {
    assertThatThrownBy(() -> compile(again.repeat(100_000) + "ip"))
        .isInstanceOf(FilterException.class)
        .hasMessage(TOO_COMPLEX);
  }

  @Test
  void whatIsAllowedNeedsNoLargeStack() throws Exception {
    assertThat(selects("ip or ".repeat(1_000) + "arp")).isTrue();
    assertThat(selects("not ".repeat(2_000) + "arp")).isTrue();
    assertThat(selects("(".repeat(100) + "arp" + ")".repeat(100))).isTrue();
    assertThat(selects("(".repeat(100) + "len" + ")".repeat(100) + " = 42")).isTrue();
    assertThat(selects("len = " + "- ".repeat(2_000) + "42")).isTrue();
  }

  /** Whether an ARP message of 42 octets is selected, by a thread that goes not deep. */
  private static boolean selects(String expression) throws Exception {
    byte[] arp = new byte[42];
    arp[12] = 8;
    arp[13] = 6;
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Runnable ask =
        () -> {
          try {
            FrameFilter filter = compile(expression);
            answer.complete(filter.selects(arp, 0, 42, 42, Direction.INBOUND));
          } catch (FilterException | StackOverflowError e) {
            answer.completeExceptionally(e);
          }
        };
    new Thread(null, ask, "a small stack", SMALL_STACK).start();
    return answer.get();
  }
}

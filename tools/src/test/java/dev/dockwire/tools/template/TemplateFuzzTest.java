package dev.dockwire.tools.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is typed after {@code --format}, the answer is output or a {@link TemplateException}
 * that says where. Templates are made by cutting up and joining those of the reference.
 */
class TemplateFuzzTest {

  private static final long SEED = 20_240_717;
  private static final int TEMPLATES = 40_000;
  private static final String MARKS = "{}()|.,:=$\"'`-+ \t\n\\/*%0159xepi_é☃\ud83d\ude00";
  private static final List<String> WORDS =
      List.of("{{", "}}", "{{- ", " -}}", "if ", "else", "end", "range ", "with ", "break", "nil");

  @Test
  void mutatedTemplatesAreTakenOrRefused() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> templates = List.copyOf(Reference.read().keySet());
    int executed = 0;
    int refused = 0;
    for (int i = 0; i < TEMPLATES; i++) {
      String template = mutate(pick(templates, random), pick(templates, random), random);
      try {
        String output = Template.parse(template).execute(Reference.context());
        assertThat(output).as(template).isNotNull();
        executed++;
      } catch (TemplateException e) {
        assertThat(e.getMessage()).as(template).matches("(?s)template: :\\d+:.*");
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + SEED + ", template " + i + ": " + template, e);
      }
    }
    assertThat(executed).isGreaterThan(TEMPLATES / 20);
    assertThat(refused).isGreaterThan(TEMPLATES / 20);
  }

  private static String mutate(String first, String second, SplittableRandom random) {
    StringBuilder template = new StringBuilder(first);
    if (random.nextBoolean()) {
      template.replace(random.nextInt(template.length()), template.length(), cut(second, random));
    }
    for (int edits = random.nextInt(4); edits > 0 && !template.isEmpty(); edits--) {
      int at = random.nextInt(template.length());
      switch (random.nextInt(3)) {
        case 0 -> template.deleteCharAt(at);
        case 1 -> template.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
        default -> template.insert(at, pick(WORDS, random));
      }
    }
    return template.toString();
  }

  private static String cut(String text, SplittableRandom random) {
    return text.substring(random.nextInt(text.length()));
  }

  private static String pick(List<String> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}

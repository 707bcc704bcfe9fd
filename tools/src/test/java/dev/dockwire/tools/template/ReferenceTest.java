package dev.dockwire.tools.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ours prints what docker prints, template by template, errors included. */
class ReferenceTest {

  @Test
  void printsWhatDockerPrints() throws Exception {
    Map<String, String> docker = Reference.read();
    assertThat(docker).hasSizeGreaterThan(400);
    Reference.compare(docker, Reference::ours);
  }
}

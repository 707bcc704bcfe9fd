package dev.dockwire.tools.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ours prints what docker prints, template by template, errors included. */
class ReferenceTest {

  @Test
  void printsWhatDockerPrints() throws Exception {
    Map<String, String> docker = Reference.read();
    assertThat(docker).hasSizeGreaterThan(400);
    Map<String, String> ours = new LinkedHashMap<>();
    docker.keySet().forEach(template -> ours.put(template, Reference.ours(template)));
    assertThat(Reference.shown(ours)).isEqualTo(Reference.shown(docker));
  }
}

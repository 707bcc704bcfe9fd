package dev.dockwire.tools.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/**
 * What {@code docker context inspect t -f TEMPLATE} of docker 28.2.2 prints, for a context made of
 * {@link #ENDPOINT}: the file {@code docker-context-inspect.txt} has each template (a line break in
 * it written as {@code ⏎}), and below it, marked {@code >}, docker's output or complaint.
 */
final class Reference {

  static final String COMPLAINT = "template parsing error: ";
  private static final String MARK = "  > ";

  /** The endpoint that docker decodes as plain JSON: every number is a float64. */
  static final Map<String, Object> ENDPOINT = endpoint();

  static final Map<String, Object> DOCKER_ENDPOINT =
      Map.of("Host", "unix:///x", "SkipTLSVerify", false);

  private Reference() {}

  /** Template to output. */
  static Map<String, String> read() throws IOException {
    Map<String, String> table = new LinkedHashMap<>();
    String template = null;
    for (String line : resource().split("\n")) {
      if (line.startsWith(MARK)) {
        table.merge(template, line.substring(MARK.length()), (a, b) -> a + "\n" + b);
      } else {
        template = line.replace("⏎", "\n");
      }
    }
    return table;
  }

  private static String resource() throws IOException {
    try (InputStream in = Reference.class.getResourceAsStream("docker-context-inspect.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The context as the docker client holds it. */
  static Object context() {
    Map<String, Object> endpoints = new LinkedHashMap<>();
    Map<String, Object> docker = new LinkedHashMap<>();
    docker.put("Host", "unix:///x");
    docker.put("SkipTLSVerify", false);
    endpoints.put("docker", new GoStruct("context.EndpointMetaBase", docker));
    endpoints.put("t", ENDPOINT);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Name", "t");
    fields.put("Endpoints", endpoints);
    fields.put("TLSMaterial", Map.of());
    fields.put("Metadata", new GoStruct("store.Metadata", Map.of()));
    fields.put("Storage", new GoStruct("store.StorageInfo", Map.of("MetadataPath", "")));
    return new GoStruct("context.contextWithTLSListing", fields);
  }

  /** The context as docker keeps it in a file. */
  static String file() {
    Map<String, Object> endpoints = Map.of("docker", DOCKER_ENDPOINT, "t", ENDPOINT);
    Map<String, Object> metadata = Map.of("Description", "d", "N", 1);
    return GoJson.encode(
        Value.of(Map.of("Name", "t", "Metadata", metadata, "Endpoints", endpoints)));
  }

  private static Map<String, Object> endpoint() {
    Map<String, Object> endpoint = new LinkedHashMap<>();
    endpoint.put("Name", "web");
    endpoint.put("Empty", "");
    endpoint.put("Up", true);
    endpoint.put("Down", false);
    endpoint.put("Count", 3.0);
    endpoint.put("Zero", 0.0);
    endpoint.put("Pi", 3.25);
    endpoint.put("Big", 1e21);
    endpoint.put("Small", 1.5e-7);
    endpoint.put("Ports", List.of("80", "443"));
    endpoint.put("None", List.of());
    endpoint.put("NilThing", null);
    endpoint.put("Labels", new LinkedHashMap<>(Map.of("b", "2", "a", "1")));
    endpoint.put("EmptyMap", Map.of());
    endpoint.put(
        "Deep", Map.of("List", List.of(Map.of("Ip", "10.0.0.1"), Map.of("Ip", "10.0.0.2"))));
    endpoint.put("Html", "<a&b>\"q\" 'é\u2028\u0001");
    endpoint.put("Mixed", Arrays.asList(1.0, "a", null, true, Map.of("k", "v")));
    return endpoint;
  }

  /** What ours prints, in docker's form. */
  static String ours(String template) {
    try {
      return Template.parse(template).execute(context());
    } catch (TemplateException e) {
      return COMPLAINT + e.getMessage();
    }
  }

  interface Printer {
    String print(String template) throws Exception;
  }

  /** Fails with every template that does not print what the reference says. */
  static void compare(Map<String, String> reference, Printer printer) throws Exception {
    SoftAssertions all = new SoftAssertions();
    for (Map.Entry<String, String> entry : reference.entrySet()) {
      String output = printer.print(entry.getKey());
      all.assertThat(output).as(entry.getKey()).isEqualTo(entry.getValue());
    }
    all.assertAll();
  }
}

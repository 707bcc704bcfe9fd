package dev.dockwire.tools.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed objects, missing keys and table headings: what the reference has no data for. */
class TemplateTest {

  private static final Object NETWORK = network();

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{{.Name}} {{.Scope.Kind}} # n1 local",
        "{{.IPAM}} # {default map[] [{172.17.0.0/16 }]}",
        "{{json .IPAM}} # "
            + "{\"Driver\":\"default\",\"Options\":null,\"Config\":[{\"Subnet\":\"172.17.0.0/16\",\"Gateway\":\"\"}]}",
        "{{range .IPAM.Config}}{{.Subnet}}{{end}} # 172.17.0.0/16",
        "{{.Created}} {{json .Created}} # "
            + "2024-01-01 00:00:00.5 +0000 UTC \"2024-01-01T00:00:00.5Z\"",
        "{{.Health}} {{.Peers}} {{.IPAM.Options}} # <nil> [] map[]",
        "{{json .Health}} {{json .Peers}} {{len .Peers}} # null null 0",
        "{{if .Health}}y{{else}}n{{end}}{{if .Scope}}y{{end}}{{if .Created}}y{{end}} # nyy",
        "{{range .Peers}}x{{else}}none{{end}} # none",
        "{{join .Aliases \",\"}} {{join .Peers \",\"}}. # a,b .",
        "{{index .Labels \"gone\"}}.{{.Labels.gone}} # .<no value>",
        "{{index .Labels \"k\"}} {{.Label \"k\"}} {{.Label \"x\"}} # v v none",
        "{{\"k\" | .Label}} # v",
        "{{printf \"%T %T %T\" .Aliases .Labels .IPAM.Config}} # "
            + "[]string map[string]string []network.IPAMConfig",
        "{{printf \"%T %v\" .Scope .Scope}} # *network.Scope &{local}",
        "{{.Scope}} {{printf \"%+v\" .IPAM.Config}} # {local} [{Subnet:172.17.0.0/16 Gateway:}]",
      })
  void typedObjects(String template, String output) {
    assertThat(Template.parse(template).execute(NETWORK)).isEqualTo(output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{{.Foo}} # :1:2: executing \"\" at <.Foo>: "
            + "can't evaluate field Foo in type network.Inspect",
        "{{.Scope.Foo}} # :1:8: executing \"\" at <.Scope.Foo>: "
            + "can't evaluate field Foo in type *network.Scope",
        "{{.Labels.a.b}} # :1:9: executing \"\" at <.Labels.a.b>: none",
        "{{.Labels.k.b}} # :1:9: executing \"\" at <.Labels.k.b>: "
            + "can't evaluate field b in type string",
        "{{.Health.Status}} # :1:9: executing \"\" at <.Health.Status>: "
            + "nil pointer evaluating *container.Health.Status",
        "{{.Label}} # :1:2: executing \"\" at <.Label>: "
            + "wrong number of args for Label: want 1 got 0",
        "{{.Label 1}} # :1:9: executing \"\" at <1>: expected string; found 1",
        "{{.Name 1}} # :1:2: executing \"\" at <.Name>: "
            + "Name has arguments but cannot be invoked as function",
        "{{range .Health}}{{end}} # :1:8: executing \"\" at <.Health>: "
            + "range can't iterate over <nil>",
      })
  void typedObjectsSayWhatTheyHaveNot(String template, String complaint) {
    if (complaint.endsWith("none")) {
      assertThat(Template.parse(template).execute(NETWORK)).isEqualTo("<no value>");
      return;
    }
    assertThatThrownBy(() -> Template.parse(template).execute(NETWORK))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template: " + complaint);
  }

  /** Each text taken from docker 28.2.2 reading the same network from a socket. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{{.Foo}} # :1:2: executing \"\" at <.Foo>: map has no entry for key \"Foo\"",
        "{{.Foo.Bar}} # :1:6: executing \"\" at <.Foo.Bar>: map has no entry for key \"Foo\"",
        "{{.IPAM.Foo}} # :1:7: executing \"\" at <.IPAM.Foo>: map has no entry for key \"Foo\"",
        "{{.Extra.X.Y}} # :1:8: executing \"\" at <.Extra.X.Y>: "
            + "nil pointer evaluating interface {}.Y",
        "{{.Extra.S.Y}} # :1:8: executing \"\" at <.Extra.S.Y>: "
            + "can't evaluate field Y in type interface {}",
        "{{.Extra.N}} {{.Name.Foo}} # :1:20: executing \"\" at <.Name.Foo>: "
            + "can't evaluate field Foo in type interface {}",
        "{{.Extra.N}}{{(index .Extra \"X\").Y}} # :1:28: executing \"\" at <\"X\">: "
            + "nil data; no entry for key \"Y\"",
        "{{index .Labels 0}} # :1:2: executing \"\" at <index .Labels 0>: "
            + "error calling index: value has type int; should be string",
      })
  void rawJsonSaysWhatItHasNot(String template, String complaint) {
    Template strict = Template.parse(template).missingKey(MissingKey.ERROR);
    assertThatThrownBy(() -> strict.execute(RawJson.of(NETWORK)))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template: " + complaint);
  }

  @Test
  void inspectFallsBackToTheRawJson() {
    // A time has no length, but its text in JSON has.
    assertThatThrownBy(() -> Template.parse("{{len .Created}}").execute(NETWORK))
        .hasMessageEndingWith("len of type time.Time");
    assertThat(Template.parse("{{len .Created}}").inspect(NETWORK)).isEqualTo("22");
    assertThat(Template.parse("{{.Created}}").inspect(NETWORK)).contains("UTC");
    assertThatThrownBy(() -> Template.parse("{{.Scope.Foo}}").inspect(NETWORK))
        .hasMessageEndingWith("map has no entry for key \"Foo\"");
  }

  @Test
  void missingKeyOfAMapIsAnErrorWhenAskedFor() {
    Template template = Template.parse("{{.A}} {{.B}}");
    Map<String, Object> data = Map.of("A", 1);
    assertThat(template.execute(data)).isEqualTo("1 <no value>");
    assertThatThrownBy(() -> template.missingKey(MissingKey.ERROR).execute(data))
        .hasMessage("template: :1:9: executing \"\" at <.B>: map has no entry for key \"B\"");
    assertThat(Template.parse("{{.}} {{.A}}").execute(null)).isEqualTo("<no value> <no value>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{{.ID}} {{.Names}} # CONTAINER ID NAMES",
        "{{lower .ID}}|{{join .Names \",\"}}|{{truncate .ID 3}} # CONTAINER ID|NAMES|CONTAINER ID",
        "{{json .ID}} {{pad .ID 1 1}}. # CONTAINER ID  CONTAINER ID .",
        "{{.ID}} {{json .}} {{.Names}} # 'CONTAINER ID '",
        "{{.Foo}} # <no value>",
      })
  void headingsKeepTheirTitles(String template, String heading) {
    Map<String, String> titles = Map.of("ID", "CONTAINER ID", "Names", "NAMES");
    assertThat(Template.parse(template).executeHeader(titles)).isEqualTo(heading);
  }

  @Test
  void integersPrintWhole() {
    Map<String, Object> data = Map.of("Port", 80, "Size", 5_000_000_000L);
    assertThat(
            Template.parse("{{.Port}} {{.Size}} {{printf \"%d\" .Port}} {{eq .Port 80}}")
                .execute(data))
        .isEqualTo("80 5000000000 80 true");
  }

  @Test
  void nestingHasALimit() {
    String deep = "{{" + "(".repeat(100_000) + "1" + ")".repeat(100_000) + "}}";
    assertThatThrownBy(() -> Template.parse(deep))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template: :1: max expression depth exceeded");
    String nested = "{{if true}}".repeat(99) + "x" + "{{end}}".repeat(99);
    assertThat(Template.parse(nested).execute(null)).isEqualTo("x");
  }

  @Timeout(60)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{range 9999999999}}{{end}}",
        "{{range 9999999999}}x{{end}}",
        "{{range 999999}}{{range 999999}}{{break}}{{end}}{{end}}",
        "{{range 999999}}{{range $.Aliases}}{{range $.Aliases}}{{end}}{{end}}{{end}}",
        "{{range 2000000}}{{pad \"x\" 1000 0}}{{end}}",
        "{{range 999999}}{{$x := pad \"x\" 1000000 0}}{{end}}",
        "{{$x := pad \"x\" 1000000 0}}{{range 999999}}{{$y := index $x 0}}{{end}}",
        "{{range 9999999}}{{if and 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1}}{{end}}{{end}}"
      })
  void workHasALimit(String endless) {
    assertThatThrownBy(() -> Template.parse(endless).execute(network()))
        .isInstanceOf(TemplateException.class)
        .hasMessageMatching(
            "template: :1:\\d+: executing \"\" at <.*>: exceeded maximum work of a template");
  }

  @Test
  void aLoopOfOrdinaryLengthIsRun() {
    assertThat(Template.parse("{{range 100000}}{{.}} {{end}}").execute(null))
        .startsWith("0 1 2 ")
        .endsWith(" 99999 ");
  }

  private static Object network() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("Subnet", "172.17.0.0/16");
    config.put("Gateway", "");
    Map<String, Object> ipam = new LinkedHashMap<>();
    ipam.put("Driver", "default");
    ipam.put("Options", new GoNil("map[string]string"));
    ipam.put("Config", List.of(new GoStruct("network.IPAMConfig", config)));
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("X", null);
    extra.put("N", 5);
    extra.put("S", "s");
    Map<String, String> labels = Map.of("k", "v");
    GoMethod label = key -> labels.getOrDefault(key, "none");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Name", "n1");
    fields.put("Created", new GoTime(Instant.parse("2024-01-01T00:00:00.5Z")));
    fields.put("Scope", new GoStruct("*network.Scope", Map.of("Kind", "local")));
    fields.put("IPAM", new GoStruct("network.IPAM", ipam));
    fields.put("Health", new GoNil("*container.Health"));
    fields.put("Peers", new GoNil("[]string"));
    fields.put("Aliases", List.of("a", "b"));
    fields.put("Labels", labels);
    fields.put("Label", label);
    fields.put("Extra", extra);
    return new GoStruct("network.Inspect", fields);
  }
}

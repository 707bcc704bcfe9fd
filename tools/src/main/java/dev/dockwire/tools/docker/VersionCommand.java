package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code docker version}: the Docker version whose behaviour is emulated, for client and engine
 * alike. What only a build of Docker's own has, as its Go version, is left out.
 */
final class VersionCommand extends DockerCommand {

  private static final int NO_TEMPLATE = 64;

  /** The oldest version of the API that engines of Docker 28 answer to. */
  private static final String MIN_API = "1.24";

  static final String FORMAT_USAGE =
      """
      Format output using a custom template:
      'json':             Print in JSON format
      'TEMPLATE':         Print output using the given Go template.
      Refer to https://docs.docker.com/go/formatting/ for more information about formatting \
      output with templates\
      """;

  VersionCommand() {
    super("version", List.of(), "[OPTIONS]", "Show the Docker version information", 0, 0);
  }

  @Override
  Flags flags() {
    return new Flags().string("format", 'f', FORMAT_USAGE);
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    String format = flags.string("format").orElse("");
    String version = engine.settings().compat().dockerVersion();
    String api = engine.settings().compat().apiVersion();
    if (format.isEmpty()) {
      self.print(text(version, api));
      return 0;
    }
    try {
      Template template = Template.parse(format.equals("json") ? "{{json .}}" : format);
      self.print(template.execute(struct(version, api)) + "\n");
      return 0;
    } catch (TemplateException e) {
      self.printError("template parsing error: " + e.getMessage() + "\n");
      return NO_TEMPLATE;
    }
  }

  private static String text(String version, String api) {
    return """
    Client: Dockwire
     Version:           %1$s
     API version:       %2$s
     OS/Arch:           linux/amd64
     Context:           default

    Server: Dockwire
     Engine:
      Version:          %1$s
      API version:      %2$s (minimum version %3$s)
      OS/Arch:          linux/amd64
      Experimental:     false
    """
        .formatted(version, api, MIN_API);
  }

  private static GoStruct struct(String version, String api) {
    Map<String, Object> whole = new LinkedHashMap<>();
    Map<String, Object> client = common(version, api);
    client.put("Context", "default");
    whole.put("Client", new GoStruct("main.clientVersion", client));
    Map<String, Object> server = common(version, api);
    server.put("MinAPIVersion", MIN_API);
    whole.put("Server", new GoStruct("*types.Version", server));
    return new GoStruct("main.versionInfo", whole);
  }

  private static Map<String, Object> common(String version, String api) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Platform", new GoStruct("struct", Map.of("Name", "Dockwire")));
    fields.put("Version", version);
    fields.put("ApiVersion", api);
    fields.put("Os", "linux");
    fields.put("Arch", "amd64");
    return fields;
  }
}

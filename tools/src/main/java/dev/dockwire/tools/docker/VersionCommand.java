package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.Fields;
import dev.dockwire.tools.docker.inspect.SystemView;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;

/**
 * {@code docker version}: the Docker version whose behaviour is emulated, for client and engine
 * alike. What only a build of Docker's own has, as its Go version, is left out.
 */
final class VersionCommand extends DockerCommand {

  private static final String TEXT =
      """
      Client: {{.Client.Platform.Name}}
       Version:           {{.Client.Version}}
       API version:       {{.Client.APIVersion}}
       OS/Arch:           {{.Client.Os}}/{{.Client.Arch}}
       Context:           {{.Client.Context}}

      Server: {{.Server.Platform.Name}}
       Engine:
        Version:          {{.Server.Version}}
        API version:      {{.Server.APIVersion}} (minimum version {{.Server.MinAPIVersion}})
        OS/Arch:          {{.Server.Os}}/{{.Server.Arch}}
        Experimental:     false\
      """;

  VersionCommand() {
    super("version", List.of(), "[OPTIONS]", "Show the Docker version information", 0, 0);
  }

  @Override
  Flags flags() {
    return new Flags().string("format", 'f', FormatOption.USAGE);
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return SystemFormat.print(self, struct(engine), flags.string("format").orElse(TEXT));
  }

  /** The client's half is what of the engine's is the client's, too. */
  private static GoStruct struct(Engine engine) {
    GoStruct server = SystemView.version(engine);
    Fields client = new Fields();
    for (String name : List.of("Platform", "Version", "ApiVersion", "Os", "Arch")) {
      client.put(name, server.fields().get(name));
    }
    return new Fields()
        .put("Client", client.put("Context", "default").as("main.clientVersion"))
        .put("Server", server)
        .as("main.versionInfo");
  }
}

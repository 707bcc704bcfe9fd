package dev.dockwire.tools;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Stdio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shell on the Docker host, as root's login leaves it. */
public final class DockerHostShell {

  private DockerHostShell() {}

  /**
   * Starts a shell; if its standard input is a terminal, it is what the terminal's keys are for.
   */
  public static Process start(Engine engine, Stdio streams) {
    Host host = engine.dockerHost().host();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOME", "/root");
    environment.put("TERM", "xterm");
    environment.put("PS1", "$ ");
    FileNode shell = host.files().find("/bin/sh").orElseThrow();
    Process process =
        host.processes()
            .start(
                ((FileNode.RegularFile) shell).program().orElseThrow(),
                null,
                new ProcessSpec(List.of("sh"), environment, "/root", streams));
    streams.in().tty().ifPresent(console -> console.foreground(List.of(process)));
    return process;
  }
}

package dev.dockwire.tools;

import dev.dockwire.engine.BridgeControl;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.program.dig.Dig;
import dev.dockwire.program.http.client.Curl;
import dev.dockwire.program.iperf.Iperf3;
import dev.dockwire.program.nc.OpenBsdNc;
import dev.dockwire.program.netfilter.ConntrackTool;
import dev.dockwire.program.netfilter.Iptables;
import dev.dockwire.program.netfilter.IptablesSave;
import dev.dockwire.program.netstat.Ss;
import dev.dockwire.program.network.BridgeLink;
import dev.dockwire.program.tcpdump.Tcpdump;
import dev.dockwire.tools.docker.DockerProgram;

/** What is installed on the Docker host beside the programs that every host has. */
public final class DockerHostPrograms {

  private DockerHostPrograms() {}

  public static void install(Engine engine) {
    FileTree files = engine.dockerHost().host().files();
    files.install("/usr/bin/capture", DockerHostPrograms::refuseCapture);
    files.install("/usr/bin/docker", new DockerProgram(engine));
    files.install("/usr/bin/curl", new Curl());
    files.install("/sbin/brctl", new BridgeControl(engine));
    files.install("/usr/bin/dig", new Dig());
    files.install("/usr/bin/iperf3", new Iperf3());
    files.install("/usr/bin/nc", new OpenBsdNc());
    files.install("/sbin/bridge", new BridgeLink());
    files.install("/usr/bin/ss", new Ss());
    files.install("/usr/bin/tcpdump", new Tcpdump());
    files.install("/sbin/iptables", new Iptables());
    files.install("/sbin/iptables-save", new IptablesSave());
    files.install("/usr/sbin/conntrack", new ConntrackTool());
  }

  /** Where nobody sits at the keyboard, no command writes files of the real machine. */
  private static int refuseCapture(Process self) {
    self.printError("capture: only in dockwire shell; elsewhere --capture FILE.pcapng does it\n");
    return 1;
  }
}

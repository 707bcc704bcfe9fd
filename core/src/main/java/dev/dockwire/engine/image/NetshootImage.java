package dev.dockwire.engine.image;

import dev.dockwire.host.FileTree;
import dev.dockwire.program.dig.Dig;
import dev.dockwire.program.http.client.Curl;
import dev.dockwire.program.iperf.Iperf3;
import dev.dockwire.program.nc.OpenBsdNc;
import dev.dockwire.program.netstat.Ss;
import dev.dockwire.program.tcpdump.Tcpdump;
import java.time.Instant;
import java.util.List;

/** The image with the tools of those who look for faults in networks. */
final class NetshootImage {

  private NetshootImage() {}

  static Image image(FileTree files) {
    files.put("/bin/bash", files.find("/bin/sh").orElseThrow());
    files.put("/bin/zsh", files.find("/bin/sh").orElseThrow());
    files.install("/usr/bin/curl", new Curl());
    files.install("/usr/bin/dig", new Dig());
    files.install("/usr/bin/iperf3", new Iperf3());
    files.install("/usr/bin/nc", new OpenBsdNc());
    files.install("/usr/bin/ss", new Ss());
    files.install("/usr/bin/tcpdump", new Tcpdump());
    return new Image(
        "nicolaka/netshoot",
        "7f08c4aff13ff61a35d30e30c5c1ea8396eac6ab4ce19fd02d5a4b3b5d0d09a2",
        Instant.parse("2024-07-11T14:20:04Z"),
        533_000_000,
        List.of(Images.PATH),
        List.of(),
        List.of("zsh"),
        List.of(),
        files.root());
  }
}

package dev.dockwire.program.applet;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.Resolver;
import java.util.List;

/** {@code hostname}: shows the name or the addresses it means, or sets it. */
public final class Hostname implements Program {

  private static final Usage USAGE =
      new Usage(
          "hostname",
          """
          hostname [-sidf] [HOSTNAME | -F FILE]

          Show or set hostname or DNS domain name

          \t-s\tShort
          \t-i\tAddresses for the hostname
          \t-d\tDNS domain name
          \t-f\tFully qualified domain name
          \t-F FILE\tUse FILE's content as hostname
          """);

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "sidfF:");
    Host host = self.host();
    List<String> operands = options.operands();
    if (operands.size() > 1) {
      USAGE.show(self, 1);
    }
    if (!operands.isEmpty()) {
      Privilege.require(self, USAGE, "sethostname");
      host.hostname(operands.getFirst());
      return 0;
    }
    if (options.has('F')) {
      Privilege.require(self, USAGE, "sethostname");
      String text = ByteText.readAll(self, ByteText.open(self, options.value('F').orElseThrow()));
      host.hostname(text.lines().map(String::strip).findFirst().orElse(host.hostname()));
      return 0;
    }
    String name = host.hostname();
    int dot = name.indexOf('.');
    if (options.has('i')) {
      self.print(
          Resolver.resolve(self, name).map(Ipv4Address::toString).orElse("127.0.0.1") + "\n");
    } else if (options.has('d')) {
      self.print(dot < 0 ? "" : name.substring(dot + 1) + "\n");
    } else {
      self.print((options.has('s') && dot >= 0 ? name.substring(0, dot) : name) + "\n");
    }
    return 0;
  }
}

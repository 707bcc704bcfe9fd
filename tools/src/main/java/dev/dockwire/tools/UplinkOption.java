package dev.dockwire.tools;

import dev.dockwire.edge.Uplink;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How far containers get out of the virtual network; for every command that runs in real time. */
public final class UplinkOption {

  @Option(
      names = "--uplink",
      paramLabel = "none|loopback|all",
      defaultValue = "none",
      converter = PolicyConverter.class,
      description = {
        "What containers may connect to outside: nothing, this machine's 127.0.0.1 as 10.0.2.2, or"
            + " that and whatever this machine reaches, names included. TCP and UDP only.",
        "Default: none."
      })
  private Uplink.Policy policy;

  public Uplink.Policy policy() {
    return policy;
  }

  private static final class PolicyConverter implements ITypeConverter<Uplink.Policy> {

    @Override
    public Uplink.Policy convert(String value) {
      return switch (value) {
        case "none" -> Uplink.Policy.NONE;
        case "loopback" -> Uplink.Policy.LOOPBACK;
        case "all" -> Uplink.Policy.ALL;
        default -> throw new TypeConversionException("must be none, loopback or all: " + value);
      };
    }
  }
}

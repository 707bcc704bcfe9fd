package dev.dockwire.tools;

import dev.dockwire.engine.Compat;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.engine.address.AddressPool;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that set the engine up, spelled as dockerd spells them; for every command that makes
 * an engine. What is wrong with a value is said in dockerd's words.
 */
public final class EngineOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** A command line of nothing but these options. */
  @Command
  private static final class Alone {
    @Mixin private EngineOptions options;
  }

  @Option(
      names = "--compat",
      paramLabel = "20|28",
      description = {
        "Docker Engine 20.10's or 28's behaviour and texts; core/docs/compat.md lists what"
            + " differs.",
        "Default: 28's, with MAC addresses derived from the IP address."
      })
  private String compat;

  @Option(
      names = "--icc",
      paramLabel = "BOOL",
      description =
          "Whether containers of the default bridge reach each other. --icc=false leaves them"
              + " linked containers' exposed ports. Default: true.")
  private String icc;

  @Option(
      names = "--default-address-pool",
      paramLabel = "base=CIDR,size=N",
      description =
          "Where the subnets of networks that ask for none come from; repeatable, replaces Docker's"
              + " own list.")
  private List<String> pools = new ArrayList<>();

  @Option(
      names = "--bip",
      paramLabel = "CIDR",
      description = "The address of docker0 and the default bridge's subnet, as in 192.168.5.1/24.")
  private String bip;

  @Option(
      names = "--userland-proxy",
      paramLabel = "BOOL",
      description =
          "Whether published ports have a proxy for connections that address translation leaves"
              + " out. Default: true.")
  private String userlandProxy;

  /**
   * Reads options as they stand on a command line.
   *
   * @throws ParameterException if one is unknown or has no value
   */
  public static EngineOptions parse(String... arguments) {
    Alone alone = new Alone();
    new CommandLine(alone).parseArgs(arguments);
    return alone.options;
  }

  /**
   * What the options make of {@code base}; those not given change nothing.
   *
   * @throws ParameterException with dockerd's words for a value that is none
   */
  public EngineSettings over(EngineSettings base) {
    EngineSettings settings = base;
    if (compat != null) {
      settings = settings.withCompat(parseCompat());
    }
    if (icc != null) {
      settings = settings.withIcc(parseBool(icc, "icc"));
    }
    if (!pools.isEmpty()) {
      settings = settings.withDefaultAddressPools(pools.stream().map(this::parsePool).toList());
    }
    if (bip != null) {
      settings = settings.withBip(parseBip());
    }
    if (userlandProxy != null) {
      settings = settings.withUserlandProxy(parseBool(userlandProxy, "userland-proxy"));
    }
    return settings;
  }

  private Compat parseCompat() {
    return Compat.find(compat)
        .orElseThrow(() -> invalid(compat, "compat", "must be \"20\", \"28\" or \"default\""));
  }

  private boolean parseBool(String value, String option) {
    return switch (value) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default ->
          throw invalid(
              value, option, "strconv.ParseBool: parsing \"%s\": invalid syntax".formatted(value));
    };
  }

  private AddressPool parsePool(String value) {
    String base = "";
    int size = 0;
    for (String field : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        throw invalidPool(value, "invalid field '%s' must be a key=value pair".formatted(field));
      }
      String key = field.substring(0, equals);
      String text = field.substring(equals + 1);
      switch (key) {
        case "base" -> base = text;
        case "size" -> size = parseSize(value, text);
        default -> throw invalidPool(value, "unexpected key '%s' in '%s'".formatted(key, field));
      }
    }
    return pool(base, size);
  }

  private int parseSize(String value, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw invalidPool(
          value,
          "invalid size value: \"%s\" (must be integer): strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(text, text));
    }
  }

  private AddressPool pool(String base, int size) {
    Ipv4Prefix prefix;
    try {
      prefix = Ipv4Prefix.parse(base);
    } catch (IllegalArgumentException _) {
      throw refusal("invalid base pool \"%s\": invalid CIDR address: %s".formatted(base, base));
    }
    if (size < Math.max(1, prefix.length()) || size > 32) {
      throw refusal("invalid pools size: " + size);
    }
    return new AddressPool(prefix.network(), size);
  }

  private Ipv4Prefix parseBip() {
    try {
      return Ipv4Prefix.parse(bip);
    } catch (IllegalArgumentException _) {
      throw refusal("invalid CIDR address: " + bip);
    }
  }

  private ParameterException invalidPool(String value, String why) {
    return invalid(value, "default-address-pool", why);
  }

  private ParameterException invalid(String value, String option, String why) {
    return refusal("invalid argument \"%s\" for \"--%s\" flag: %s".formatted(value, option, why));
  }

  private ParameterException refusal(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}

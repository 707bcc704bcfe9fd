package dev.dockwire.host.resolver;

import dev.dockwire.dns.DnsMessage;
import dev.dockwire.dns.Question;
import dev.dockwire.dns.RecordType;
import dev.dockwire.dns.ResponseCode;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds addresses by name for a program, which waits, as musl's getaddrinfo does: the text itself
 * if it is an address, else {@code /etc/hosts}, else the name servers of {@code /etc/resolv.conf}.
 * A and AAAA are asked for together, though there are no addresses but IPv4's here.
 */
public final class Resolver {

  private final Process process;
  private final ResolvConf configuration;

  private Resolver(Process process) {
    this.process = process;
    this.configuration = ResolvConf.parse(process.host().files().readText("/etc/resolv.conf"));
  }

  /** The first address that a name means to a process. */
  public static Optional<Ipv4Address> resolve(Process process, String name) {
    if (Ipv4Address.isAddress(name)) {
      return Optional.of(Ipv4Address.parse(name));
    }
    return HostsFile.parse(process.host().files().readText("/etc/hosts"))
        .addressOf(name)
        .or(() -> new Resolver(process).ask(name));
  }

  /** The name that an address has for a process, as musl's getnameinfo finds it. */
  public static Optional<String> nameOf(Process process, Ipv4Address address) {
    return HostsFile.parse(process.host().files().readText("/etc/hosts"))
        .nameOf(address)
        .or(() -> new Resolver(process).askForName(address));
  }

  private Optional<String> askForName(Ipv4Address address) {
    List<String> names = new ArrayList<>(1);
    DnsExchange.run(
        process,
        configuration.nameservers(),
        List.of(Question.of(Question.reverseName(address), RecordType.PTR)),
        DnsExchange.Manner.of(configuration),
        (_, answer) ->
            answer.answers().stream()
                .filter(found -> found.type() == RecordType.PTR)
                .map(found -> found.target(0))
                .forEach(names::add));
    return names.stream().findFirst();
  }

  private Optional<Ipv4Address> ask(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (name.isEmpty() || !Question.canAskFor(name)) {
      return Optional.empty();
    }
    long dots = name.chars().filter(c -> c == '.').count();
    if (dots < configuration.ndots() && !text.endsWith(".")) {
      for (String domain : configuration.search()) {
        String full = name + "." + domain;
        Lookup lookup = Question.canAskFor(full) ? new Lookup(full) : null;
        if (lookup != null && !lookup.isUnknown()) {
          return lookup.first();
        }
      }
    }
    return new Lookup(name).first();
  }

  /** What all name servers say of one full name. */
  private final class Lookup {

    private final List<DnsMessage> answers = new ArrayList<>(2);

    Lookup(String name) {
      List<Question> questions =
          List.of(Question.of(name, RecordType.A), Question.of(name, RecordType.AAAA));
      DnsExchange.run(
          process,
          configuration.nameservers(),
          questions,
          DnsExchange.Manner.of(configuration),
          (_, answer) -> answers.add(answer));
    }

    /** Whether there is no such name, so that another domain may be searched. */
    boolean isUnknown() {
      return answers.stream().anyMatch(answer -> answer.rcode() == ResponseCode.NXDOMAIN);
    }

    /** Both answers must be there: half of the truth could send the program to the wrong place. */
    Optional<Ipv4Address> first() {
      return answers.size() < 2
          ? Optional.empty()
          : answers.stream()
              .flatMap(answer -> answer.answers().stream())
              .filter(found -> found.type() == RecordType.A)
              .map(found -> found.address())
              .findFirst();
    }
  }
}

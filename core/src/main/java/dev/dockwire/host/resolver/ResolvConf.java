package dev.dockwire.host.resolver;

import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What {@code /etc/resolv.conf} says, with musl's limits and defaults (resolv.conf(5)).
 *
 * @param nameservers three at most; this host itself if the file names none
 * @param search domains to try a name in, in order
 * @param ndots a name with as many dots is not searched for
 * @param timeoutNanos how long an answer is waited for, all attempts together
 */
public record ResolvConf(
    List<Ipv4Address> nameservers,
    List<String> search,
    int ndots,
    long timeoutNanos,
    int attempts) {

  private static final int MAX_NAMESERVERS = 3;
  private static final int MAX_NDOTS = 15;
  private static final int MAX_ATTEMPTS = 10;
  private static final int MAX_TIMEOUT_SECONDS = 60;

  /** Reads the file; what makes no sense is passed over. */
  public static ResolvConf parse(String text) {
    List<Ipv4Address> nameservers = new ArrayList<>(1);
    List<String> search = List.of();
    int ndots = 1;
    int timeoutSeconds = 5;
    int attempts = 2;
    for (String line : text.split("\n")) {
      String[] words = line.strip().split("\\s+");
      List<String> values = List.of(words).subList(1, words.length);
      switch (words[0]) {
        case "nameserver" ->
            values.stream()
                .filter(Ipv4Address::isAddress)
                .filter(_ -> nameservers.size() < MAX_NAMESERVERS)
                .map(Ipv4Address::parse)
                .forEach(nameservers::add);
        case "search", "domain" -> search = List.copyOf(values);
        case "options" -> {
          for (String option : values) {
            ndots = number(option, "ndots:", ndots, MAX_NDOTS);
            attempts = number(option, "attempts:", attempts, MAX_ATTEMPTS);
            timeoutSeconds = number(option, "timeout:", timeoutSeconds, MAX_TIMEOUT_SECONDS);
          }
        }
        default -> {}
      }
    }
    return new ResolvConf(
        nameservers.isEmpty() ? List.of(Ipv4Address.LOOPBACK) : List.copyOf(nameservers),
        search,
        ndots,
        TimeUnit.SECONDS.toNanos(Math.max(1, timeoutSeconds)),
        Math.max(1, attempts));
  }

  private static int number(String option, String name, int otherwise, int max) {
    String value = option.startsWith(name) ? option.substring(name.length()) : "";
    return value.matches("[0-9]{1,9}") ? Math.min(max, Integer.parseInt(value)) : otherwise;
  }
}

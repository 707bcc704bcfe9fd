package dev.dockwire.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The names of well-known ports, out of {@code /etc/services}, by protocol. */
public enum Services {
  TCP(
      """
      ftp-data 20
      ftp 21
      ssh 22
      telnet 23
      smtp 25
      domain 53
      http 80
      pop3 110
      sunrpc 111
      imap2 143
      bgp 179
      ldap 389
      https 443
      microsoft-ds 445
      ldaps 636
      imaps 993
      pop3s 995
      nfs 2049
      mysql 3306
      postgresql 5432
      http-alt 8080
      """),
  UDP(
      """
      domain 53
      bootps 67
      bootpc 68
      tftp 69
      sunrpc 111
      ntp 123
      netbios-ns 137
      snmp 161
      ldap 389
      https 443
      isakmp 500
      syslog 514
      nfs 2049
      mdns 5353
      """);

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<Integer, String> names = new LinkedHashMap<>();

  Services(String table) {
    table
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            words -> {
              int number = Integer.parseInt(words[1]);
              numbers.put(words[0], number);
              names.put(number, words[0]);
            });
  }

  /** The port of a service. */
  public OptionalInt port(String name) {
    Integer number = numbers.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The services of {@code tcp} or {@code udp}, by the protocol's name. */
  public static Services of(String protocol) {
    return protocol.equals("udp") ? UDP : TCP;
  }

  /** The name of a port. */
  public Optional<String> name(int number) {
    return Optional.ofNullable(names.get(number));
  }
}

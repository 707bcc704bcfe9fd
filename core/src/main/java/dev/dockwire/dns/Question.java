package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;

/**
 * What is asked (RFC 1035, section 4.1.2).
 *
 * @param name as {@link DomainName} has it, in the case it was asked in
 */
public record Question(String name, int type, int recordClass) {

  /** Asks in the Internet's class. */
  public static Question of(String name, int type) {
    return new Question(name, type, RecordType.IN);
  }

  /** Whether a text can be asked for. */
  public static boolean canAskFor(String name) {
    return DomainName.isName(name);
  }

  /** The name under which the name of an address is found (RFC 1035, section 3.5). */
  public static String reverseName(Ipv4Address address) {
    int value = address.value();
    return Ipv4Address.toString(Integer.reverseBytes(value)) + ".in-addr.arpa";
  }

  static Question read(MessageReader reader) {
    return new Question(DomainName.read(reader), reader.int16(), reader.int16());
  }
}

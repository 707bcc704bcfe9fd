package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.NetworkOrder;
import java.io.ByteArrayOutputStream;

/**
 * A fact about a name (RFC 1035, section 4.1.3).
 *
 * @param data names in it are never compressed, however they came
 */
public record ResourceRecord(String name, int type, int recordClass, long ttlSeconds, byte[] data) {

  /** The address of a name. */
  public static ResourceRecord address(String name, long ttlSeconds, Ipv4Address address) {
    byte[] data = new byte[4];
    NetworkOrder.int32(data, 0, address.value());
    return new ResourceRecord(name, RecordType.A, RecordType.IN, ttlSeconds, data);
  }

  /** The name of an address. */
  public static ResourceRecord pointer(String name, long ttlSeconds, String target) {
    return new ResourceRecord(
        name, RecordType.PTR, RecordType.IN, ttlSeconds, DomainName.bytes(target));
  }

  static ResourceRecord read(MessageReader reader) {
    String name = DomainName.read(reader);
    int type = reader.int16();
    int recordClass = reader.int16();
    long ttl = reader.int32();
    int length = reader.int16();
    int end = reader.position() + length;
    if (length > reader.remaining()) {
      reader.fail();
    }
    byte[] data = reader.hasFailed() ? new byte[0] : readData(reader, type, length);
    if (reader.position() != end) {
      reader.fail();
    }
    return new ResourceRecord(name, type, recordClass, ttl, data);
  }

  /** The types of RFC 1035 may have compressed names in their data; later ones must not. */
  private static byte[] readData(MessageReader reader, int type, int length) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    switch (type) {
      case RecordType.NS, RecordType.CNAME, RecordType.PTR -> copyName(reader, data);
      case RecordType.MX -> {
        data.writeBytes(reader.octets(2));
        copyName(reader, data);
      }
      case RecordType.SOA -> {
        copyName(reader, data);
        copyName(reader, data);
        data.writeBytes(reader.octets(20));
      }
      case RecordType.A -> {
        if (length != 4) {
          reader.fail();
        }
        data.writeBytes(reader.octets(length));
      }
      default -> data.writeBytes(reader.octets(length));
    }
    return data.toByteArray();
  }

  private static void copyName(MessageReader reader, ByteArrayOutputStream data) {
    String name = DomainName.read(reader);
    if (!reader.hasFailed()) {
      data.writeBytes(DomainName.bytes(name));
    }
  }

  /** What an A record says. */
  public Ipv4Address address() {
    return new Ipv4Address(NetworkOrder.int32(data, 0));
  }

  /** The name that begins at an octet of the data. */
  public String target(int at) {
    MessageReader reader = new MessageReader(data, at, data.length - at);
    return DomainName.read(reader);
  }
}

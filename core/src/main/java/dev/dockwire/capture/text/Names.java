package dev.dockwire.capture.text;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;

/** How addresses and ports are written: by number, or by name where there is one. */
public interface Names {

  /** Numbers only: {@code -n}. */
  Names NONE = new Names() {};

  default String host(int address) {
    return Ipv4Address.toString(address);
  }

  default String mac(long address) {
    return new MacAddress(address).toString();
  }

  default String tcpPort(int number) {
    return Integer.toString(number);
  }

  default String udpPort(int number) {
    return Integer.toString(number);
  }

  /** The name of a protocol above IP; empty to write its number. */
  default String protocol(int number) {
    return "";
  }
}

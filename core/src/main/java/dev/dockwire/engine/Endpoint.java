package dev.dockwire.engine;

import dev.dockwire.bridge.BridgePort;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;

/** A container's place on a network: its address and the two ends of its wire. */
public record Endpoint(
    String id, Network network, Ipv4Prefix address, MacAddress mac, Nic nic, BridgePort port) {}

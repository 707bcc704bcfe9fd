package dev.dockwire.engine.spec;

import java.util.Map;
import java.util.Optional;

/**
 * One subnet of a network as its maker asked for it, not checked yet: the texts of {@code
 * --subnet}, {@code --ip-range}, {@code --gateway} and {@code --aux-address}.
 */
public record IpamConfig(
    String subnet,
    Optional<String> range,
    Optional<String> gateway,
    Map<String, String> auxiliaryAddresses) {}

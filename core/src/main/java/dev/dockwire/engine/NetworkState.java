package dev.dockwire.engine;

import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Prefix;

/**
 * A network in an {@link EngineState}.
 *
 * @param createdAt in nanoseconds since the Unix epoch
 * @param subnet what it has, asked for or given
 */
public record NetworkState(String id, NetworkSpec spec, long createdAt, Ipv4Prefix subnet) {}

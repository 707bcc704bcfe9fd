/**
 * What users ask for, as values: the options of {@code docker create}, {@code docker network
 * create} and {@code docker network connect}, not looked at yet unless they say so.
 *
 * <p>The front doors make them, the engine acts on them, and an {@link
 * dev.dockwire.engine.EngineState} keeps them. Of the engine they know only how it refuses.
 */
package dev.dockwire.engine.spec;

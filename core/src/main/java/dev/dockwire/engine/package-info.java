/**
 * The Docker engine: images, containers, networks, addresses, and the Docker host they live on.
 *
 * <p>The front doors (the {@code docker} program and the API) call {@link
 * dev.dockwire.engine.Engine}; it makes virtual hosts, wires them to bridges and starts their
 * programs. Everything runs in turn with the fabric, and a call that fails changes nothing: it
 * throws an {@link dev.dockwire.engine.EngineException} with Docker's own message and HTTP status.
 */
package dev.dockwire.engine;

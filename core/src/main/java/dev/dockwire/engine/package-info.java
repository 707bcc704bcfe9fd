/**
 * The Docker engine: images, containers, networks, addresses, and the Docker host they live on.
 *
 * <p>The front doors (the {@code docker} program and the API) call {@link
 * dev.dockwire.engine.Engine}; it makes virtual hosts, wires them to bridges and starts their
 * programs. Everything runs in turn with the fabric, and a call that fails changes nothing: it
 * throws an {@link dev.dockwire.engine.EngineException} with Docker's own message and HTTP status.
 *
 * <p>What stands by itself has rooms of its own, which know nothing of containers and networks:
 * {@code spec}, what users ask for; {@code address}, whose addresses are whose; {@code stream},
 * what a container's program reads and writes; {@code image}, what a container begins with.
 */
package dev.dockwire.engine;

/**
 * What {@code docker inspect} shows of a network, a container or an image: the JSON of Docker's
 * API, field by field in its order. Called by the docker commands; reads the engine's objects and
 * changes nothing.
 */
package dev.dockwire.tools.docker.inspect;

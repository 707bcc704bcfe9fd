/**
 * {@code dockwire daemon}: Docker's Engine API, so that the ordinary docker client drives the
 * engine. Netty takes the requests apart on the world's own thread; each one is then answered by a
 * process of a host of the daemon's own, which may wait as any program does. What objects look like
 * in JSON is said in {@code tools.docker.inspect}; what is done with them, by {@code engine}.
 */
package dev.dockwire.tools.daemon;

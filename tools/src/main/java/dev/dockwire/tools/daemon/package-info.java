/**
 * {@code dockwire daemon}: Docker's Engine API, so that the ordinary docker client drives the
 * engine. Netty takes the requests apart on the world's own thread; each one is then answered by a
 * process of a host of the daemon's own, which may wait as any program does. What objects look like
 * in JSON is said in {@code tools.docker.inspect}; what is done with them, by {@code engine}.
 *
 * <pre>
 *   socket.UnixServer -> RequestReader -> ApiConnection -> Exchange -> Router -> ...Routes
 *   ...Routes -> Exchange (a whole answer), Chunks (a stream), Hijack (both ways) -> ApiConnection
 * </pre>
 *
 * <p>{@code socket} makes and guards the unix socket, {@code state} keeps what outlives the daemon;
 * neither knows of the other or of anything here.
 */
package dev.dockwire.tools.daemon;

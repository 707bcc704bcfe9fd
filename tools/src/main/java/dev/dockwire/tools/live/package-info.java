/**
 * A Docker host in real time, for the front doors that last: what it is made of, and the captures
 * that run while it does.
 *
 * <p>Front doors make a {@link dev.dockwire.tools.live.LiveHost} and turn it.
 */
package dev.dockwire.tools.live;

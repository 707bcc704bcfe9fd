/**
 * A Docker host in real time, for the front doors that last: what it is made of, its way out to
 * slow readers, and the captures that run while it does.
 *
 * <p>Front doors make a {@link dev.dockwire.tools.live.LiveHost} and turn it; {@link
 * dev.dockwire.tools.live.Outlet} is what the world's thread writes to the real machine through,
 * because it must never wait for it.
 */
package dev.dockwire.tools.live;

/**
 * What outlives the daemon: its engine's networks and containers, in a folder of the real machine.
 * {@link dev.dockwire.tools.daemon.state.StateKeeper} hears of every change and writes it on a
 * thread of its own; {@link dev.dockwire.tools.daemon.state.StateFolder} holds a snapshot and the
 * journal of what has changed since, and finds them whole whenever the machine stops. Called by the
 * daemon's command alone.
 */
package dev.dockwire.tools.daemon.state;

/**
 * The ring that every frame on every wire passes, and the one thread that owns what hangs on it;
 * the only package that knows the LMAX Disruptor.
 *
 * <p>A NIC's transmit claims a slot of the {@link dev.dockwire.fabric.Fabric}'s ring, fills and
 * publishes it; the fabric's turn hands each slot to the far end of its wire. Other threads hand
 * frames over through an {@link dev.dockwire.fabric.Inlet}, on a ring of its own. {@link
 * dev.dockwire.fabric.Observation Observations}, such as captures, read the same slots afterwards.
 */
package dev.dockwire.fabric;

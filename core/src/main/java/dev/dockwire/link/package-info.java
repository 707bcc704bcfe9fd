/**
 * The ends of wires: network interfaces ({@link dev.dockwire.link.Nic}), the slots their frames are
 * written into, and what a wire needs at its far end ({@link dev.dockwire.link.FramePort}).
 *
 * <p>A NIC transmits by claiming a slot of its {@link dev.dockwire.link.Medium}, filling it in
 * place and publishing it; the medium later hands the slot to the NIC's peer. Stacks, bridges and
 * the fabric call this package; it calls only {@code frame}.
 */
package dev.dockwire.link;

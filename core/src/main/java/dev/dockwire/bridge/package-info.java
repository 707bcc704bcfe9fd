/**
 * Learning bridges (IEEE 802.1D): where a frame goes next.
 *
 * <p>A NIC's peer is a {@link dev.dockwire.bridge.BridgePort}; the fabric hands it frames, it asks
 * its {@link dev.dockwire.bridge.Bridge}, and the bridge delivers to the NICs behind other ports by
 * reference. Owned by the fabric's thread.
 */
package dev.dockwire.bridge;

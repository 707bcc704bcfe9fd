/**
 * The Internet Protocol, version 4 (RFC 791, 1122, 1812): what comes in is checked, reassembled and
 * delivered to a protocol or forwarded; what goes out finds its route and is fragmented.
 *
 * <p>Called by {@link dev.dockwire.stack.HostStack} with frames and by the protocols with packets
 * to send; calls them, and {@code arp} for the last step.
 */
package dev.dockwire.stack.ip;

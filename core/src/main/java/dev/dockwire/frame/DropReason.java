package dev.dockwire.frame;

import java.util.Locale;

/**
 * Why a frame, or something in it, was not taken any further. Each reason has one counter, named as
 * {@link #counterName} says: the layer, a dot, the cause.
 */
public enum DropReason {
  PORT_RUNT,
  PORT_OVERSIZE,
  PORT_SRC_GROUP,
  PORT_SRC_ZERO,
  PORT_SRC_IS_DST,
  PORT_RESERVED_MAC,
  PORT_SPOOF,
  PORT_STORM_DROP,
  PORT_QUEUE_FULL,
  PORT_LINK_DOWN,
  PORT_LINK_LOSS,

  /** The bridge has learnt the destination on the very port the frame came from. */
  BRIDGE_SAME_PORT,

  /** The bridge's filter keeps the frame from its destination's port. */
  BRIDGE_FILTERED,

  ETH_NOT_MINE,
  ETH_UNKNOWN_TYPE,
  ETH_TAGGED,

  ARP_BAD_HW,
  ARP_BAD_PROTO,
  ARP_BAD_LEN,
  ARP_BAD_OP,
  ARP_BAD_SHA,
  ARP_BAD_SPA,
  ARP_OFF_NET,
  ARP_NOT_MINE,
  ARP_QUEUE_DROP,
  ARP_TABLE_FULL,
  ARP_CONFLICT,
  ARP_UNRESOLVED,

  IP_BAD_VERSION,
  IP_BAD_IHL,
  IP_BAD_LEN,
  IP_BAD_CSUM,
  IP_MARTIAN_SRC,
  IP_MARTIAN_DST,
  IP_L2_BCAST_UNICAST,
  IP_SRC_ROUTE,
  IP_BAD_OPTION,
  IP_TTL,
  IP_NO_ROUTE,
  IP_FILTERED,
  IP_NOT_MINE,
  IP_TOO_BIG,
  IP_UNKNOWN_PROTO,
  IP_FRAG_OVERLAP,
  IP_FRAG_TIMEOUT,
  IP_FRAG_MEM,
  IP_FRAG_SIZE,

  /** Part of no flow that is known, or damaged: not passed on under any address. */
  NAT_INVALID,

  /** Neither a free place among the flows nor one that could be given up. */
  NAT_TABLE_FULL,

  /** No outside port is left for a source. */
  NAT_NO_PORT,

  ICMP_BAD_CSUM,
  ICMP_BAD_LEN,
  ICMP_BAD_TYPE,
  ICMP_BROADCAST,
  ICMP_RL_DST,
  ICMP_RL_HOST,
  ICMP_REDIRECT_IGNORED,
  ICMP_QUOTE_MISMATCH,
  ICMP_NO_SOCKET,

  UDP_BAD_LEN,
  UDP_BAD_CSUM,
  UDP_NO_PORT,
  UDP_QUEUE_FULL,

  TCP_BAD_OFFSET,
  TCP_BAD_CSUM,
  TCP_NO_CONN,
  TCP_NO_ACK_FLAG,
  TCP_OUT_OF_WINDOW,
  TCP_RST_BAD_SEQ,
  TCP_CHALLENGE,
  TCP_CHALLENGE_RL,
  TCP_LISTEN_OVERFLOW,
  TCP_COOKIE_SENT,
  TCP_COOKIE_BAD,
  TCP_TW_OVERFLOW,
  TCP_OOO_FULL,
  TCP_PAWS,
  TCP_TS_MISSING,
  TCP_BAD_SACK;

  private final String counterName = name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");

  /** For example {@code port.src_group}. */
  public String counterName() {
    return counterName;
  }
}

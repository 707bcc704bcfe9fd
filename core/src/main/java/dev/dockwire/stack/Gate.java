package dev.dockwire.stack;

import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.tcp.HeldSyn;

/**
 * What a host does at which the way ends: it stands for addresses that are not its own, as Linux'
 * AnyIP with TPROXY does, and says what becomes of the TCP connections and datagrams that nobody on
 * the host has a socket for.
 *
 * <p>Whatever else comes for an address beyond is refused with ICMP "communication administratively
 * prohibited" (RFC 1812, section 5.2.7.1), pings too: the host cannot answer for somebody whom it
 * has not asked. Errors about what it has sent are the exception. A host with a gate does not
 * forward.
 */
public interface Gate {

  /** Refuses everything. */
  Gate CLOSED =
      new Gate() {
        @Override
        public boolean answersFor(int address) {
          return false;
        }

        @Override
        public boolean onSyn(HeldSyn syn, long now) {
          return false;
        }

        @Override
        public boolean onDatagram(InboundPacket packet, UdpView datagram, long now) {
          return false;
        }
      };

  /** Whether the host stands for an address that is not its own. */
  boolean answersFor(int address);

  /**
   * A connection is wanted.
   *
   * @return false to refuse it, now, by a reset; else the SYN is to be answered, now or later
   */
  boolean onSyn(HeldSyn syn, long now);

  /**
   * A datagram has come. Packet and datagram are good until the call returns.
   *
   * @return false to refuse it, as a closed port does
   */
  boolean onDatagram(InboundPacket packet, UdpView datagram, long now);
}

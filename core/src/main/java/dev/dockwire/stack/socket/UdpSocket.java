package dev.dockwire.stack.socket;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.stack.udp.UdpTable;
import java.net.BindException;

/**
 * A UDP socket that calls back: datagrams and errors go to its {@link UdpBinding.Receiver} as they
 * come. It has a port as soon as it binds, connects or sends. Owned by the stack's thread.
 *
 * <p>A connected socket hears its peer only. Addresses are never shared: there is no SO_REUSEADDR.
 * A broadcast is not heard by the host that sends it, unlike Linux.
 */
public final class UdpSocket implements AutoCloseable {

  private final HostStack stack;
  private final UdpBinding.Receiver receiver;
  private UdpBinding binding;
  private boolean broadcastAllowed;
  private int timeToLive;

  private UdpSocket(HostStack stack, UdpBinding.Receiver receiver) {
    this.stack = stack;
    this.receiver = receiver;
  }

  public static UdpSocket open(HostStack stack, UdpBinding.Receiver receiver) {
    return new UdpSocket(stack, receiver);
  }

  /**
   * Takes a local address and port.
   *
   * @param address 0 for all of the host's; may be a broadcast address, to hear only that
   * @param udpPort 0 for any
   * @throws BindException if another socket has it or the host does not have the address
   */
  public void bind(int address, int udpPort) throws BindException {
    if (binding != null) {
      throw new BindException("Invalid argument");
    }
    if (address != 0 && !stack.isLocal(address) && !stack.isBroadcast(address)) {
      throw new BindException("Cannot assign requested address");
    }
    if (udpPort != 0 && !table().isFree(address, udpPort)
        || udpPort == 0 && !bindToAny(address, 0, 0)) {
      throw new BindException("Address already in use");
    }
    if (udpPort != 0) {
      add(new UdpBinding(receiver, address, udpPort, 0, 0));
    }
  }

  private boolean bindToAny(int address, int peer, int peerPort) {
    int chosen =
        stack
            .ephemeralPorts()
            .choose(address, peer, peerPort, candidate -> table().isFree(address, candidate));
    if (chosen != EphemeralPorts.NONE) {
      add(new UdpBinding(receiver, address, chosen, 0, 0));
    }
    return chosen != EphemeralPorts.NONE;
  }

  /**
   * Takes a peer: only its datagrams are heard, and {@link #send} goes there.
   *
   * @return {@link SendResult#NO_BUFFER} if all ephemeral ports are in use
   */
  public SendResult connect(int peer, int peerPort) {
    int source = boundAddress() != 0 ? boundAddress() : stack.ip().output().sourceTo(peer);
    if (source == 0) {
      return SendResult.NETWORK_UNREACHABLE;
    }
    if (forbidsBroadcast(peer)) {
      return SendResult.PERMISSION_DENIED;
    }
    if (binding == null && !bindToAny(source, peer, peerPort)) {
      return SendResult.NO_BUFFER;
    }
    int localPort = binding.localPort();
    table().remove(binding);
    add(new UdpBinding(receiver, source, localPort, peer, peerPort));
    return SendResult.SENT;
  }

  private int boundAddress() {
    return binding == null ? 0 : binding.localAddress();
  }

  /** Sends to the peer that was connected to. */
  public SendResult send(byte[] payload, int offset, int length, long now) {
    if (!isConnected()) {
      throw new IllegalStateException("not connected");
    }
    return sendTo(binding.remoteAddress(), binding.remotePort(), payload, offset, length, now);
  }

  /** Sends from the bound address, or from the one that the route has. */
  public SendResult sendTo(
      int destination, int destinationPort, byte[] payload, int offset, int length, long now) {
    return sendFrom(boundAddress(), destination, destinationPort, payload, offset, length, now);
  }

  /** Sends from one of the host's addresses: a reply should come from where the request went. */
  public SendResult sendFrom(
      int source,
      int destination,
      int destinationPort,
      byte[] payload,
      int offset,
      int length,
      long now) {
    if (forbidsBroadcast(destination)) {
      return SendResult.PERMISSION_DENIED;
    }
    if (binding == null && !bindToAny(0, destination, destinationPort)) {
      return SendResult.NO_BUFFER;
    }
    int from = stack.isBroadcast(source) ? 0 : source;
    return stack
        .udp()
        .send(
            from,
            binding.localPort(),
            destination,
            destinationPort,
            timeToLive,
            payload,
            offset,
            length,
            now);
  }

  private boolean forbidsBroadcast(int destination) {
    return !broadcastAllowed
        && stack.isBroadcast(destination)
        && !Ipv4Address.isMulticast(destination);
  }

  /** Allows sending to broadcast addresses: SO_BROADCAST. */
  public void allowBroadcast(boolean allowed) {
    broadcastAllowed = allowed;
  }

  /** What datagrams start with: 1 to 255, or 0 for the stack's default. */
  public void timeToLive(int ttl) {
    timeToLive = ttl;
  }

  public boolean isConnected() {
    return binding != null && binding.remotePort() != 0;
  }

  /** The local port; 0 before there is one. */
  public int localPort() {
    return binding == null ? 0 : binding.localPort();
  }

  /** The local address; 0 for all of the host's. */
  public int localAddress() {
    return boundAddress();
  }

  @Override
  public void close() {
    if (binding != null) {
      table().remove(binding);
      binding = null;
    }
  }

  private void add(UdpBinding added) {
    binding = added;
    table().add(added);
  }

  private UdpTable table() {
    return stack.udp().table();
  }
}

package dev.dockwire.program.http.server;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.TcpState;
import java.io.IOException;

/** Carries bytes between a client's socket and its {@link HttpConnection}, as they come. */
final class ClientSocket implements HttpConnection.Peer, TcpSocket.Handler {

  private final WebService service;
  private TcpSocket socket;
  private HttpConnection connection;
  private boolean closed;

  private ClientSocket(WebService service) {
    this.service = service;
  }

  /** Takes the connection that has waited longest. */
  static void accept(WebService service, TcpListener listener, WebServer server) {
    ClientSocket client = new ClientSocket(service);
    client.socket = listener.accept(client);
    String address = new Ipv4Address(client.socket.remoteAddress()).toString();
    client.connection = server.accept(client, address, client.socket.remotePort());
    if (client.socket.state() == TcpState.CLOSED) {
      client.lose();
    } else {
      client.resume();
    }
  }

  @Override
  public void onReadable(TcpSocket readable, long now) {
    if (!service.isPostponed()) {
      resume();
    }
  }

  @Override
  public void onWritable(TcpSocket writable, long now) {
    if (!service.isPostponed()) {
      connection.writable();
    }
  }

  @Override
  public void onClosed(TcpSocket ended, IOException cause, long now) {
    if (!closed) {
      lose();
    }
  }

  private void lose() {
    closed = true;
    connection.broken();
    service.acceptMore();
  }

  @Override
  public void resume() {
    byte[] buffer = service.buffer();
    while (!closed && connection.takesBytes()) {
      int count = socket.read(buffer, 0, buffer.length, service.now());
      if (count < 0) {
        connection.ended();
        return;
      }
      if (count == 0) {
        return;
      }
      connection.receive(buffer, 0, count);
    }
  }

  @Override
  public int send(byte[] bytes, int offset, int length) {
    return socket.write(bytes, offset, length, service.now());
  }

  @Override
  public void shutdownOutput() {
    socket.shutdownOutput(service.now());
  }

  @Override
  public void close() {
    closed = true;
    socket.close(service.now());
    service.acceptMore();
  }
}

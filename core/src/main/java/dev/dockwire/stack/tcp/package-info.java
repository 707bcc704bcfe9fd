/**
 * The Transmission Control Protocol (RFC 9293): from {@code ip.Ipv4Layer} through {@code TcpLayer}
 * to one {@code TcpConnection}, and from there by {@code TcpOutput} to {@code ip.Ipv4Output}. The
 * connection wires the parts; each part is one idea in one file.
 */
package dev.dockwire.stack.tcp;

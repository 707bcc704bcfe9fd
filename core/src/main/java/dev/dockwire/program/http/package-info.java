/**
 * HTTP/1.1 on virtual hosts. This package has what both sides share, and the two places where Netty
 * reads messages: {@link dev.dockwire.program.http.RequestParser} for servers and {@link
 * dev.dockwire.program.http.ResponseParser} for clients. The programs are in {@code server} and
 * {@code client}.
 *
 * <p>Netty is used for its codec only, without channels: bytes come from and go to the sockets of
 * virtual hosts. Nothing of it is loaded before the first message.
 */
package dev.dockwire.program.http;

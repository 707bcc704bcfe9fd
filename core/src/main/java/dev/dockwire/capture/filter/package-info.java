/**
 * The filter expressions of tcpdump: {@code tcp port 80 and not host 172.17.0.2}.
 *
 * <p>{@code text -> Lexer -> Parser, which asks Primitives what qualifiers and an id mean ->
 * Condition -> Evaluator over the octets of a frame}. The language is pcap-filter(7) without link
 * types other than Ethernet; which frames an expression selects is compared with the real tcpdump
 * in a test.
 */
package dev.dockwire.capture.filter;

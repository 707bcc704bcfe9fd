/**
 * Packet tests of TCP as plain text: {@link dev.dockwire.stack.tcp.script.Script} reads a file,
 * {@link dev.dockwire.stack.tcp.script.ScenarioRunner} plays it against a host in virtual time. The
 * language is described in {@code core/docs/tcp-scenarios.md}.
 */
package dev.dockwire.stack.tcp.script;

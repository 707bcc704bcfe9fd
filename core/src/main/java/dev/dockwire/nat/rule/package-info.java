/**
 * Packet filter rules as iptables has them: tables, chains and rules that decide about a packet and
 * print themselves in the words they are read in. Called by {@code nat}, by the engine, which makes
 * the rules, and by the programs that list them.
 */
package dev.dockwire.nat.rule;

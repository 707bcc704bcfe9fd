/**
 * {@code dig}, which asks one name server one question and shows all of the answer. It asks by
 * itself, as resolvers do not: with sockets of {@code host.socket}.
 */
package dev.dockwire.program.dig;

/** The {@code dockwire} command. */
package dev.dockwire.tools;

/**
 * The programs on virtual hosts: the registry of them all, and a room for each group of them, from
 * the {@link dev.dockwire.program.shell shell} and the small {@link dev.dockwire.program.applet
 * applets} to whole servers.
 *
 * <p>Images are built with {@link dev.dockwire.program.Applets#install}; programs run as processes
 * of package {@code host} and know nothing of containers.
 */
package dev.dockwire.program;

/**
 * The programs on virtual hosts: the registry of them all, the {@link dev.dockwire.program.shell
 * shell} and the {@link dev.dockwire.program.applet applets}.
 *
 * <p>Images are built with {@link dev.dockwire.program.Applets#install}; programs run as processes
 * of package {@code host} and know nothing of containers.
 */
package dev.dockwire.program;

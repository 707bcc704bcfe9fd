/**
 * The small programs on a virtual host, in BusyBox's form, one class for each that has some
 * substance: those for files, texts and processes, and what all applets share, such as {@link
 * dev.dockwire.program.applet.Options} and {@link dev.dockwire.program.applet.Usage}. Programs for
 * the network have rooms beside this one.
 *
 * <p>Shells and containers run them as {@link dev.dockwire.host.Program programs}; they call their
 * {@link dev.dockwire.host.Process process} for everything and the host's stack for the network.
 */
package dev.dockwire.program.applet;

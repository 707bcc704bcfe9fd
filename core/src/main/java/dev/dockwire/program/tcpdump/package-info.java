/**
 * {@code tcpdump}: prints the frames that pass an interface, or those of a file, or writes them to
 * a file.
 *
 * <p>{@code capture.InterfaceTap or capture.CaptureReader -> FramePrinter or FrameSaver}; the
 * filters are {@code capture.filter}, the texts {@code capture.text}.
 */
package dev.dockwire.program.tcpdump;

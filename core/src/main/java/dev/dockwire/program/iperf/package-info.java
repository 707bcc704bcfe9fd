/**
 * {@code iperf3}: measures what a path between two hosts carries. {@link
 * dev.dockwire.program.iperf.ControlConnection} speaks the public protocol of version 3, so that
 * either side could be the real one; {@link dev.dockwire.program.iperf.TestRun} moves the data.
 */
package dev.dockwire.program.iperf;

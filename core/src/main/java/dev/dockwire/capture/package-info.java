/**
 * Captures: files of frames that Wireshark opens, and how they are read back.
 *
 * <p>{@code Fabric -> Observation -> Capture.onFrame -> CaptureWriter -> CaptureFile}: a {@link
 * dev.dockwire.capture.Capture} observes the fabric's ring and copies each frame it wants once,
 * into the batch that a {@link dev.dockwire.capture.PcapngWriter} or {@link
 * dev.dockwire.capture.PcapWriter} gathers. {@link dev.dockwire.capture.CaptureReader} is the way
 * back. Nothing here ever throws into the data path: a capture that cannot be written stops.
 */
package dev.dockwire.capture;

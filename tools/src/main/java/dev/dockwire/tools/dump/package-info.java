/**
 * {@code dockwire dump}: prints a capture, one line per frame, as tcpdump would.
 *
 * <p>{@code CaptureReader -> FrameLine -> capture.text.FrameText}.
 */
package dev.dockwire.tools.dump;

package dev.dockwire.capture;

import java.io.IOException;

/** A file that is no capture, or one whose content contradicts its format. */
public final class CaptureFormatException extends IOException {

  private static final long serialVersionUID = 1;

  CaptureFormatException(String message) {
    super(message);
  }
}

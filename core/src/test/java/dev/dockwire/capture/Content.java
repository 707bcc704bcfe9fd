package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the bytes of a capture file back. */
final class Content {

  private Content() {}

  static CaptureReader reader(byte[] content) {
    try {
      return new CaptureReader(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All frames of a file that must be whole. */
  static List<CapturedFrame> frames(byte[] content) {
    CaptureReader reader = reader(content);
    List<CapturedFrame> frames = rest(reader);
    assertThat(reader.damage()).isEmpty();
    assertThat(reader.isCutShort()).isFalse();
    return frames;
  }

  static List<CapturedFrame> rest(CaptureReader reader) {
    List<CapturedFrame> frames = new ArrayList<>();
    reader.forEachRemaining(frames::add);
    return frames;
  }

  static CapturedFrame only(byte[] content) {
    List<CapturedFrame> frames = frames(content);
    assertThat(frames).hasSize(1);
    return frames.getFirst();
  }
}

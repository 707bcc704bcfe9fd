package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** The keys by which a client leaves a terminal without ending what runs there. */
final class DetachKeys {

  private static final byte[] DEFAULT = {0x10, 0x11};
  private static final String CONTROLS = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

  private final byte[] sequence;
  private int typed;

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  /**
   * Reads keys as in {@code ctrl-p,ctrl-q}; empty for these two.
   *
   * @throws EngineException 400
   */
  static DetachKeys parse(String text) {
    if (text.isEmpty()) {
      return new DetachKeys(DEFAULT);
    }
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    for (String key : text.split(",", -1)) {
      boolean control = key.startsWith("ctrl-") && key.length() == 6;
      int code = control ? CONTROLS.indexOf(key.charAt(5)) : key.length() == 1 ? key.charAt(0) : -1;
      if (code < 0 || code > 0x7f) {
        throw new EngineException(
            EngineException.BAD_REQUEST, "Invalid detach keys (" + text + ") provided");
      }
      keys.write(code);
    }
    return new DetachKeys(keys.toByteArray());
  }

  String inBase64() {
    return Base64.getEncoder().encodeToString(sequence);
  }

  /**
   * Takes typed bytes.
   *
   * @param passed gets those that are not part of the sequence
   * @return whether the sequence is complete
   */
  boolean type(byte[] keys, int count, ByteArrayOutputStream passed) {
    for (int i = 0; i < count; i++) {
      if (keys[i] != sequence[typed]) {
        passed.write(sequence, 0, typed);
        typed = 0;
      }
      if (keys[i] != sequence[typed]) {
        passed.write(keys[i]);
      } else if (++typed == sequence.length) {
        return true;
      }
    }
    return false;
  }
}

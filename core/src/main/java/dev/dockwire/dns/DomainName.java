package dev.dockwire.dns;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Names in messages (RFC 1035, section 3.1): labels of up to 63 octets, 255 with all length octets.
 * As text they have no last dot, and the root is empty; a dot or backslash within a label has a
 * backslash before it, an octet that is not printable ASCII is a backslash and three digits.
 *
 * <p>A pointer may only lead back, to before where the name it ends began, so that every jump gets
 * nearer to the beginning: there are no loops.
 */
final class DomainName {

  static final int MAX_LENGTH = 255;
  static final int MAX_LABEL = 63;

  private static final int POINTER = 0xc0;

  /** A name has no more labels than that, and needs no more pointers. */
  private static final int MAX_POINTERS = 126;

  private DomainName() {}

  /**
   * Reads the name at the reader's position.
   *
   * @return its text; a bad name marks the reader as failed
   */
  static String read(MessageReader reader) {
    StringBuilder text = new StringBuilder();
    int length = 1;
    int start = reader.position();
    int resumeAt = -1;
    int pointers = 0;
    for (int label = reader.int8(); label != 0; label = reader.int8()) {
      if ((label & POINTER) == POINTER) {
        int target = (label & ~POINTER) << 8 | reader.int8();
        resumeAt = resumeAt < 0 ? reader.position() : resumeAt;
        if (target >= start || ++pointers > MAX_POINTERS) {
          reader.fail();
        }
        start = target;
        reader.position(target);
      } else {
        length += 1 + label;
        if (label > MAX_LABEL || length > MAX_LENGTH) {
          reader.fail();
        }
        appendLabel(text, reader, label);
      }
      if (reader.hasFailed()) {
        return "";
      }
    }
    if (resumeAt >= 0) {
      reader.position(resumeAt);
    }
    return text.toString();
  }

  private static void appendLabel(StringBuilder text, MessageReader reader, int length) {
    if (!text.isEmpty()) {
      text.append('.');
    }
    for (int i = 0; i < length && !reader.hasFailed(); i++) {
      int octet = reader.int8();
      if (octet == '.' || octet == '\\') {
        text.append('\\').append((char) octet);
      } else if (octet > ' ' && octet < 0x7f) {
        text.append((char) octet);
      } else {
        text.append(String.format(Locale.ROOT, "\\%03d", octet));
      }
    }
  }

  /** Whether a text can be sent as a name. A last dot is allowed. */
  static boolean isName(String text) {
    return encode(text) != null;
  }

  /**
   * The octets of a name, uncompressed.
   *
   * @throws IllegalArgumentException if the text {@link #isName is none}
   */
  static byte[] bytes(String text) {
    byte[] encoded = encode(text);
    if (encoded == null) {
      throw new IllegalArgumentException("no domain name: " + text);
    }
    return encoded;
  }

  private static byte[] encode(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    ByteArrayOutputStream label = new ByteArrayOutputStream();
    String name = text.endsWith(".") && !text.endsWith("\\.") ? text : text + ".";
    if (!name.equals(".")) {
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (c == '.') {
          if (label.size() == 0 || label.size() > MAX_LABEL) {
            return null;
          }
          octets.write(label.size());
          octets.writeBytes(label.toByteArray());
          label.reset();
        } else if (c == '\\' && name.startsWith("\\", i) && isOctet(name, i + 1)) {
          label.write(Integer.parseInt(name.substring(i + 1, i + 4)));
          i += 3;
        } else if (c == '\\' && i + 2 < name.length()) {
          label.write(name.charAt(++i));
        } else if (c > 0xff) {
          return null;
        } else {
          label.write(c);
        }
      }
    }
    octets.write(0);
    return label.size() > 0 || octets.size() > MAX_LENGTH ? null : octets.toByteArray();
  }

  private static boolean isOctet(String name, int at) {
    return name.length() >= at + 3
        && name.substring(at, at + 3).matches("[0-9]{3}")
        && Integer.parseInt(name.substring(at, at + 3)) <= 0xff;
  }
}

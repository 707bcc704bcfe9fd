package dev.dockwire.program.applet;

/**
 * Text with its backslash sequences carried out.
 *
 * @param cut whether it ended at a {@code \c}, which ends all output
 */
record Escapes(String text, boolean cut) {

  /**
   * @param zeroOctal whether octal digits have to follow a 0, as in echo, or may stand alone, as in
   *     a printf format
   */
  static Escapes expand(String source, boolean zeroOctal) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i++);
      if (c != '\\' || i == source.length()) {
        text.append(c);
        continue;
      }
      char letter = source.charAt(i++);
      int plain = "abefnrtv\\".indexOf(letter);
      if (letter == 'c') {
        return new Escapes(text.toString(), true);
      } else if (plain >= 0) {
        text.append("\007\b\033\f\n\r\t\013\\".charAt(plain));
      } else if (letter == 'x' && digits(source, i, 16, 2) > 0) {
        int count = digits(source, i, 16, 2);
        text.append((char) Integer.parseInt(source.substring(i, i + count), 16));
        i += count;
      } else if (letter == '0' || !zeroOctal && Character.digit(letter, 8) >= 0) {
        int start = letter == '0' && zeroOctal ? i : i - 1;
        int count = digits(source, start, 8, 3);
        text.append(
            (char) (count == 0 ? 0 : Integer.parseInt(source.substring(start, start + count), 8)));
        i = start + count;
      } else {
        text.append('\\').append(letter);
      }
    }
    return new Escapes(text.toString(), false);
  }

  private static int digits(String source, int start, int radix, int max) {
    int count = 0;
    while (count < max
        && start + count < source.length()
        && Character.digit(source.charAt(start + count), radix) >= 0) {
      count++;
    }
    return count;
  }
}

package dev.dockwire.stack.tcp.script;

/** Control bits as tcpdump writes them: {@code FSRP.UEW}, or {@code -} for none. */
final class ControlBits {

  private static final String LETTERS = "FSRP.UEW";
  private static final int[] ORDER = {1, 0, 2, 3, 5, 6, 7, 4};

  private ControlBits() {}

  static int parse(String text) {
    int bits = 0;
    if (!text.equals("-")) {
      for (char letter : text.toCharArray()) {
        int bit = LETTERS.indexOf(letter);
        if (bit < 0) {
          throw new IllegalArgumentException("control bits are some of FSRP.UEW or -, not " + text);
        }
        bits |= 1 << bit;
      }
    }
    return bits;
  }

  static String format(int bits) {
    StringBuilder text = new StringBuilder();
    for (int bit : ORDER) {
      if ((bits & 1 << bit) != 0) {
        text.append(LETTERS.charAt(bit));
      }
    }
    return text.isEmpty() ? "-" : text.toString();
  }
}

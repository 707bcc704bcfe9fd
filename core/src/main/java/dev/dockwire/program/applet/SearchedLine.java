package dev.dockwire.program.applet;

import dev.dockwire.host.Process;

/**
 * A line in which a process looks for a pattern. There are patterns that go back and forth in a
 * line all but for ever; meanwhile others have their turn, and signals come through.
 */
final class SearchedLine implements CharSequence {

  private static final int LOOKS_PER_TURN = 1_000_000;
  private static final long TURN_NANOS = 1_000_000;

  private final Process self;
  private final String text;
  private int looks;

  SearchedLine(Process self, String text) {
    this.self = self;
    this.text = text;
  }

  @Override
  public char charAt(int index) {
    if (++looks == LOOKS_PER_TURN) {
      looks = 0;
      self.sleep(TURN_NANOS);
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.dockwire.capture.filter;

import dev.dockwire.capture.Direction;

/** Which frames somebody wants to see. Belongs to one thread; allocates nothing per frame. */
public final class FrameFilter {

  private final Condition condition;
  private final Evaluator evaluator = new Evaluator();

  private FrameFilter(Condition condition) {
    this.condition = condition;
  }

  /**
   * Understands an expression; an empty one selects every frame.
   *
   * @throws FilterException if it cannot be understood
   */
  public static FrameFilter compile(String expression, FilterNames names) throws FilterException {
    return new FrameFilter(new Parser(Lexer.read(expression), names).parse());
  }

  /**
   * Whether the filter selects a frame.
   *
   * @param captured how many of its octets there are from {@code offset} on; a frame whose octets
   *     an answer would need and that are not there is not selected
   * @param length how many octets it had on the wire
   */
  public boolean selects(byte[] bytes, int offset, int captured, int length, Direction direction) {
    return evaluator.evaluate(condition, bytes, offset, captured, length, direction);
  }

  @Override
  public String toString() {
    return condition.toString();
  }
}

package dev.dockwire.capture.filter;

/** An expression that means nothing; the message is libpcap's. */
public final class FilterException extends Exception {

  private static final long serialVersionUID = 1;

  FilterException(String message) {
    super(message);
  }

  /** For an id that has no qualifiers of its own and can take none. */
  static FilterException unqualified() {
    return new FilterException("syntax error in filter expression");
  }

  /** What libpcap's parser says when its stack is full. */
  static FilterException tooComplex() {
    return new FilterException("can't parse filter expression: memory exhausted");
  }

  static FilterException syntaxError() {
    return new FilterException("can't parse filter expression: syntax error");
  }
}

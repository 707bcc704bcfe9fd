package dev.dockwire.tools.template;

/**
 * A template that cannot be parsed or executed. The message is Go's ({@code template: :1: ...});
 * docker's inspect commands put {@code template parsing error: } before both kinds.
 */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message, null, false, false);
  }
}

package dev.dockwire.tools.template;

/**
 * A template that cannot be parsed or executed. The message is Go's ({@code template: :1: ...});
 * docker puts {@code template parsing error: } before it for both kinds.
 */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message, null, false, false);
  }
}

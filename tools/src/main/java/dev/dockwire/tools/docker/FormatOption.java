package dev.dockwire.tools.docker;

import dev.dockwire.tools.template.Template;

/**
 * {@code --format} of the commands that show objects as they are; lists have {@link ListFormat}.
 */
final class FormatOption {

  static final String USAGE =
      """
      Format output using a custom template:
      'json':             Print in JSON format
      'TEMPLATE':         Print output using the given Go template.
      Refer to https://docs.docker.com/go/formatting/ for more information about formatting \
      output with templates\
      """;

  /** The exit status for a template that is none. */
  static final int NO_TEMPLATE = 64;

  static final String JSON = "{{json .}}";

  private FormatOption() {}

  static Template parse(String format) {
    return Template.parse(format.equals("json") ? JSON : format);
  }
}

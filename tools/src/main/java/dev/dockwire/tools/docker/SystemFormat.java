package dev.dockwire.tools.docker;

import dev.dockwire.host.Process;
import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;

/** {@code --format} of {@code docker version} and {@code docker info}. */
final class SystemFormat {

  static final String USAGE =
      """
      Format output using a custom template:
      'json':             Print in JSON format
      'TEMPLATE':         Print output using the given Go template.
      Refer to https://docs.docker.com/go/formatting/ for more information about formatting \
      output with templates\
      """;

  private static final int NO_TEMPLATE = 64;

  private SystemFormat() {}

  /**
   * Prints what the engine says of itself.
   *
   * @return the exit status
   */
  static int print(Process self, GoStruct value, String format) {
    try {
      Template template = Template.parse(format.equals("json") ? "{{json .}}" : format);
      self.print(template.execute(value) + "\n");
      return 0;
    } catch (TemplateException e) {
      self.printError("template parsing error: " + e.getMessage() + "\n");
      return NO_TEMPLATE;
    }
  }
}

package dev.dockwire.tools.docker;

import dev.dockwire.host.Process;
import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;

/** {@code --format} of {@code docker version} and {@code docker info}. */
final class SystemFormat {

  private SystemFormat() {}

  /**
   * Prints what the engine says of itself.
   *
   * @return the exit status
   */
  static int print(Process self, GoStruct value, String format) {
    Template template;
    try {
      template = FormatOption.parse(format);
    } catch (TemplateException e) {
      self.printError("template parsing error: " + e.getMessage() + "\n");
      return FormatOption.NO_TEMPLATE;
    }
    try {
      self.print(GoNames.execute(template, value) + "\n");
      return 0;
    } catch (TemplateException e) {
      self.print("\n");
      self.printError(e.getMessage() + "\n");
      return DockerCommand.FAILED;
    }
  }
}

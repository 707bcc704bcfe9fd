package dev.dockwire.tools.docker;

import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.IndentedJson;
import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks several objects up and prints them as docker's inspect commands do: what was found on
 * stdout, all that went wrong on stderr after it.
 */
final class Inspection {

  private Inspection() {}

  /**
   * Prints what {@code finder} finds for each of the references.
   *
   * @param finder throws {@link EngineException} for what there is not
   */
  static int print(Process self, Flags flags, Function<String, GoStruct> finder) {
    Optional<String> format = flags.string("format").filter(text -> !text.isEmpty());
    Optional<Template> template;
    try {
      template = format.map(FormatOption::parse);
    } catch (TemplateException e) {
      self.printError("template parsing error: " + e.getMessage() + "\n");
      return FormatOption.NO_TEMPLATE;
    }
    List<GoStruct> found = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    List<String> problems = new ArrayList<>();
    for (String reference : flags.positional()) {
      try {
        GoStruct object = finder.apply(reference);
        found.add(object);
        template.ifPresent(parsed -> lines.append(execute(parsed, object)).append('\n'));
      } catch (NoSuchObjectException e) {
        problems.add(e.getMessage());
      } catch (EngineException e) {
        problems.add("Error response from daemon: " + e.getMessage());
      } catch (TemplateException e) {
        problems.add("template parsing error: " + e.getMessage());
      }
    }
    if (template.isEmpty()) {
      self.print(IndentedJson.of(found) + "\n");
    } else {
      self.print(lines.isEmpty() ? "\n" : lines.toString());
    }
    problems.forEach(problem -> self.printError(problem + "\n"));
    return problems.isEmpty() ? 0 : DockerCommand.FAILED;
  }

  /** Like docker, goes from the typed object back to plain JSON for a name that only JSON has. */
  private static String execute(Template template, GoStruct object) {
    try {
      return GoNames.execute(template, object);
    } catch (TemplateException _) {
      return template.inspect(object);
    }
  }

  /** Nothing of any kind is called so; the message is the client's, not the engine's. */
  static final class NoSuchObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoSuchObjectException(String reference) {
      super("Error: No such object: " + reference, null, false, false);
    }
  }
}

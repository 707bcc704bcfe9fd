package dev.dockwire.tools.docker;

import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.inspect.IndentedJson;
import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.MissingKey;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks several objects up and prints them as docker's inspect commands do: what was found on
 * stdout, all that went wrong on stderr after it.
 */
final class Inspection {

  /** The format flag, the same for every inspect command. */
  static final String FORMAT_USAGE =
      """
      Format output using a custom template:
      'json':             Print in JSON format
      'TEMPLATE':         Print output using the given Go template.
      Refer to https://docs.docker.com/go/formatting/ for more information about formatting \
      output with templates\
      """;

  /** The exit status for a template that is none. */
  private static final int BAD_TEMPLATE = 64;

  /** Fields that Go calls otherwise than JSON does; a template may use either name. */
  private static final Map<String, String> GO_NAMES =
      Map.of("Id", "ID", "Dns", "DNS", "DnsOptions", "DNSOptions", "DnsSearch", "DNSSearch");

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
      template = format.map(text -> Template.parse(text.equals("json") ? "{{json .}}" : text));
    } catch (TemplateException e) {
      self.printError("template parsing error: " + e.getMessage() + "\n");
      return BAD_TEMPLATE;
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
      return template.execute(object);
    } catch (TemplateException _) {
      try {
        return template.execute(goNamed(object));
      } catch (TemplateException _) {
        return template.missingKey(MissingKey.ERROR).execute(plain(object));
      }
    }
  }

  private static Object goNamed(Object data) {
    if (!(data instanceof GoStruct struct)) {
      return data;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    struct
        .fields()
        .forEach((name, value) -> fields.put(GO_NAMES.getOrDefault(name, name), goNamed(value)));
    return new GoStruct(struct.type(), fields);
  }

  /** Maps and lists only, as decoded from JSON. */
  private static Object plain(Object data) {
    Map<?, ?> members =
        switch (data) {
          case GoStruct struct -> struct.fields();
          case Map<?, ?> map -> map;
          case null, default -> null;
        };
    if (members != null) {
      Map<String, Object> copy = new LinkedHashMap<>();
      members.forEach((name, value) -> copy.put((String) name, plain(value)));
      return copy;
    }
    return data instanceof List<?> list ? list.stream().map(Inspection::plain).toList() : data;
  }

  /** Nothing of any kind is called so; the message is the client's, not the engine's. */
  static final class NoSuchObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoSuchObjectException(String reference) {
      super("Error: No such object: " + reference, null, false, false);
    }
  }
}

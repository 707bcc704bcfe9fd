package dev.dockwire.tools.docker;

import dev.dockwire.host.Process;
import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code --format} of docker's lists: a table, JSON lines, or lines that a template makes. */
final class ListFormat {

  static final String USAGE =
      """
      Format output using a custom template:
      'table':            Print output in table format with column headers (default)
      'table TEMPLATE':   Print output in table format using the given Go template
      'json':             Print in JSON format
      'TEMPLATE':         Print output using the given Go template.
      Refer to https://docs.docker.com/go/formatting/ for more information about formatting \
      output with templates\
      """;

  private static final String TABLE = "table";

  private final String template;
  private final boolean table;
  private final Map<String, String> titles;
  private int columnWidth = Table.MIN_WIDTH;

  private ListFormat(String template, boolean table, Map<String, String> titles) {
    this.template = template;
    this.table = table;
    this.titles = titles;
  }

  /**
   * Understands a format.
   *
   * @param format as the user gave it; empty or {@code table} for the columns of {@code standard}
   * @param titles the columns' headings by field
   */
  static ListFormat of(String format, String standard, Map<String, String> titles) {
    String text = format.isEmpty() || format.equals(TABLE) ? TABLE + " " + standard : format;
    if (text.equals("json")) {
      text = "{{json .}}";
    }
    boolean table = text.startsWith(TABLE);
    String template = (table ? text.substring(TABLE.length()) : text).strip();
    return new ListFormat(
        template.replace("\\t", "\t").replace("\\n", "\n"), table, new LinkedHashMap<>(titles));
  }

  /** Makes a table's columns at least that wide. */
  ListFormat columnWidth(int width) {
    columnWidth = width;
    return this;
  }

  /** Prints the rows; returns docker's exit status. */
  int print(Process self, List<GoStruct> rows) {
    Template parsed;
    try {
      parsed = Template.parse(template);
    } catch (TemplateException e) {
      self.printError("failed to parse template: " + e.getMessage() + "\n");
      return DockerCommand.FAILED;
    }
    StringBuilder text = new StringBuilder();
    try {
      for (GoStruct row : rows) {
        text.append(parsed.execute(row)).append('\n');
      }
    } catch (TemplateException e) {
      self.printError("failed to execute template: " + e.getMessage() + "\n");
      return DockerCommand.FAILED;
    }
    if (table) {
      self.print(Table.align(parsed.executeHeader(titles) + "\n" + text, columnWidth));
    } else {
      self.print(text.toString());
    }
    return 0;
  }

  /** A row whose fields are, like docker's, sorted by name in JSON. */
  static GoStruct row(String type, Map<String, Object> fields) {
    return new GoStruct(type, new TreeMap<>(fields));
  }
}

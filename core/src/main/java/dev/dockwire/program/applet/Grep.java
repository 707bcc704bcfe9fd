package dev.dockwire.program.applet;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** {@code grep}: prints the lines that match; POSIX patterns run on Java's engine. */
public final class Grep implements Program {

  private static final Usage USAGE =
      new Usage(
          "grep",
          """
          grep [-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } \
          [FILE]...

          Search for PATTERN in FILEs (or stdin)

          \t-H\tAdd 'filename:' prefix
          \t-h\tDo not add 'filename:' prefix
          \t-n\tAdd 'line_no:' prefix
          \t-l\tShow only names of files that match
          \t-L\tShow only names of files that don't match
          \t-c\tShow only count of matching lines
          \t-o\tShow only the matching part of line
          \t-q\tQuiet. Return 0 if PATTERN is found, 1 otherwise
          \t-v\tSelect non-matching lines
          \t-s\tSuppress open and read errors
          \t-r\tRecurse
          \t-i\tIgnore case
          \t-w\tMatch whole words only
          \t-x\tMatch whole lines only
          \t-F\tPATTERN is a literal (not regexp)
          \t-E\tPATTERN is an extended regexp
          \t-m N\tMatch up to N times per file
          \t-e PTRN\tPattern to match
          \t-f FILE\tRead pattern from file
          """);

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "HhnlLcoqvsrRiwxFEm:e:f:");
    List<String> operands = new ArrayList<>(options.operands());
    List<String> patterns = new ArrayList<>(options.values('e'));
    for (String file : options.values('f')) {
      ByteText.readAll(self, ByteText.open(self, file)).lines().forEach(patterns::add);
    }
    if (patterns.isEmpty()) {
      if (operands.isEmpty()) {
        USAGE.show(self, 2);
      }
      patterns.addAll(List.of(operands.removeFirst().split("\n", -1)));
    }
    Search search = new Search(self, options, compiled(self, options, patterns));
    boolean recursive = options.has('r') || options.has('R');
    List<String> files =
        recursive
            ? expanded(self, operands.isEmpty() ? List.of(".") : operands)
            : ByteText.orStdin(operands);
    boolean named = options.has('H') || !options.has('h') && (files.size() > 1 || recursive);
    return search.run(files, named);
  }

  private static Pattern compiled(Process self, Options options, List<String> patterns) {
    String regex =
        patterns.stream()
            .map(ByteText::of)
            .map(
                text ->
                    options.has('F')
                        ? Pattern.quote(text)
                        : PosixRegex.toJava(text, options.has('E')))
            .map(text -> "(?:" + text + ")")
            .collect(Collectors.joining("|"));
    if (options.has('w')) {
      regex = "(?<!\\w)(?:" + regex + ")(?!\\w)";
    }
    if (options.has('x')) {
      regex = "^(?:" + regex + ")$";
    }
    try {
      return Pattern.compile(regex, options.has('i') ? Pattern.CASE_INSENSITIVE : 0);
    } catch (PatternSyntaxException invalid) {
      USAGE.complain(
          self, "bad regex '" + String.join("|", patterns) + "': " + invalid.getDescription());
      self.exit(2);
      throw invalid;
    }
  }

  private static List<String> expanded(Process self, List<String> operands) {
    List<String> files = new ArrayList<>();
    for (String operand : operands) {
      Optional<FileNode> node =
          self.host().files().find(FileTree.resolve(self.workingDirectory(), operand));
      if (node.isPresent() && node.get() instanceof FileNode.Directory directory) {
        String prefix = operand.endsWith("/") ? operand : operand + "/";
        files.addAll(
            expanded(self, directory.children().keySet().stream().map(prefix::concat).toList()));
      } else {
        files.add(operand);
      }
    }
    return files;
  }

  /** One run over some files. */
  private record Search(Process self, Options options, Pattern pattern) {

    int run(List<String> files, boolean named) {
      boolean found = false;
      boolean failed = false;
      for (String file : files) {
        try {
          long matches = search(file, named ? nameOf(file) + ":" : "");
          found |= options.has('L') ? matches == 0 : matches > 0;
          if (found && options.has('q')) {
            return 0;
          }
        } catch (SystemCallException cannotRead) {
          failed = true;
          if (!options.has('s')) {
            USAGE.complain(self, file + ": " + cannotRead.getMessage());
          }
        }
      }
      return failed ? 2 : found ? 0 : 1;
    }

    private static String nameOf(String file) {
      return file.equals("-") ? "(standard input)" : file;
    }

    private long search(String file, String prefix) {
      Lines lines = new Lines(self, ByteText.open(self, file));
      long max = options.number('m', Long.MAX_VALUE, Long.MAX_VALUE);
      boolean silent = options.has('q') || options.has('c') || options.has('l') || options.has('L');
      long matches = 0;
      long number = 0;
      Optional<String> line;
      while (matches < max && (line = lines.next()).isPresent()) {
        number++;
        String text = Lines.chomp(line.get());
        Matcher matcher = pattern.matcher(new SearchedLine(self, text));
        if (matcher.find() == options.has('v')) {
          continue;
        }
        matches++;
        if (options.has('q') || options.has('l')) {
          break;
        }
        if (!silent) {
          String label = prefix + (options.has('n') ? number + ":" : "");
          print(label, text, matcher);
        }
      }
      if (options.has('c') && !options.has('q')) {
        ByteText.print(self, prefix + matches + "\n");
      }
      boolean listed = options.has('l') && matches > 0 || options.has('L') && matches == 0;
      if (listed && !options.has('q')) {
        ByteText.print(self, nameOf(file) + "\n");
      }
      return matches;
    }

    private void print(String label, String text, Matcher matcher) {
      if (!options.has('o')) {
        ByteText.print(self, label + text + "\n");
        return;
      }
      matcher.reset();
      while (!options.has('v') && matcher.find()) {
        if (!matcher.group().isEmpty()) {
          ByteText.print(self, label + matcher.group() + "\n");
        }
      }
    }
  }
}

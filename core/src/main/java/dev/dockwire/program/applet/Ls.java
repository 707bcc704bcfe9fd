package dev.dockwire.program.applet;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.Tty;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code ls}: names in columns on a terminal, one a line elsewhere, or with {@code -l}. Files here
 * belong to root and bear the time at which the host's clock began.
 */
public final class Ls implements Program {

  private static final Usage USAGE =
      new Usage(
          "ls",
          """
          ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...

          List directory contents

          \t-1\tOne column output
          \t-a\tInclude names starting with .
          \t-A\tLike -a, but exclude . and ..
          \t-d\tList directory names, not contents
          \t-R\tRecurse
          \t-p\tAppend / to directory names
          \t-F\tAppend indicator (one of */=@|) to names
          \t-l\tLong format
          \t-h\tHuman readable sizes (1K 243M 2G)
          \t-S\tSort by size
          \t-r\tReverse sort order
          \t-w N\tFormat N columns wide
          """);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private record Entry(String name, FileNode node) {}

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "1AaCxdLHRFplinshrSXvctuw:");
    List<String> operands = options.operands().isEmpty() ? List.of(".") : options.operands();
    List<Entry> files = new ArrayList<>();
    List<Entry> directories = new ArrayList<>();
    int status = 0;
    for (String operand : operands) {
      Optional<FileNode> node =
          self.host().files().find(FileTree.resolve(self.workingDirectory(), operand));
      if (node.isEmpty()) {
        USAGE.complain(self, operand + ": No such file or directory");
        status = 1;
      } else if (node.get() instanceof FileNode.Directory && !options.has('d')) {
        directories.add(new Entry(operand, node.get()));
      } else {
        files.add(new Entry(operand, node.get()));
      }
    }
    Listing listing = new Listing(self, options);
    listing.printEntries(files);
    boolean headed = operands.size() > 1 || options.has('R');
    boolean first = files.isEmpty();
    for (Entry directory : directories) {
      listing.printDirectory(directory, headed, first);
      first = false;
    }
    return status;
  }

  /** Prints entries in the format asked for. */
  private static final class Listing {

    private final Process self;
    private final Options options;

    Listing(Process self, Options options) {
      this.self = self;
      this.options = options;
    }

    void printDirectory(Entry directory, boolean headed, boolean first) {
      if (headed) {
        self.print((first ? "" : "\n") + directory.name() + ":\n");
      }
      List<Entry> entries = new ArrayList<>();
      if (options.has('a')) {
        entries.add(new Entry(".", directory.node()));
        entries.add(new Entry("..", directory.node()));
      }
      directory
          .node()
          .list()
          .forEach(
              (name, node) -> {
                if (!name.startsWith(".") || options.has('a') || options.has('A')) {
                  entries.add(new Entry(name, node));
                }
              });
      if (options.has('l')) {
        self.print("total " + blocks(entries) + "\n");
      }
      printEntries(entries);
      if (options.has('R')) {
        for (Entry entry : entries) {
          if (entry.node() instanceof FileNode.Directory && !entry.name().startsWith(".")) {
            String path = directory.name().replaceFirst("/$", "") + "/" + entry.name();
            printDirectory(new Entry(path, entry.node()), true, false);
          }
        }
      }
    }

    private static long blocks(List<Entry> entries) {
      return entries.stream().mapToLong(entry -> (size(entry.node()) + 4_095) / 4_096 * 4).sum();
    }

    void printEntries(List<Entry> unsorted) {
      List<Entry> entries = new ArrayList<>(unsorted);
      entries.sort(
          options.has('S')
              ? Comparator.comparingLong((Entry entry) -> -size(entry.node()))
                  .thenComparing(Entry::name)
              : Comparator.comparing(Entry::name));
      if (options.has('r')) {
        entries = entries.reversed();
      }
      if (options.has('l')) {
        entries.forEach(entry -> self.print(longLine(entry)));
        return;
      }
      List<String> names = entries.stream().map(this::marked).toList();
      boolean columns = self.stdio().out().tty().isPresent() || options.has('C');
      if (columns && !options.has('1')) {
        printColumns(names);
      } else {
        names.forEach(name -> self.print(name + "\n"));
      }
    }

    private String marked(Entry entry) {
      boolean directory = entry.node() instanceof FileNode.Directory;
      boolean program =
          entry.node() instanceof FileNode.RegularFile file && file.program().isPresent();
      return entry.name()
          + (directory && (options.has('p') || options.has('F')) ? "/" : "")
          + (program && options.has('F') ? "*" : "");
    }

    /** Down the columns, all of them as wide as the longest name and two blanks. */
    private void printColumns(List<String> names) {
      int terminal = self.stdio().out().tty().map(Tty::columns).orElse(80);
      int width = (int) options.number('w', terminal, 10_000);
      int column = 2 + names.stream().mapToInt(String::length).max().orElse(0);
      int columns = Math.max(1, width / column);
      int rows = (names.size() + columns - 1) / columns;
      StringBuilder text = new StringBuilder();
      for (int row = 0; row < rows; row++) {
        for (int i = row; i < names.size(); i += rows) {
          boolean last = i + rows >= names.size();
          text.append(names.get(i));
          text.append(last ? "\n" : " ".repeat(column - names.get(i).length()));
        }
      }
      self.print(text.toString());
    }

    private String longLine(Entry entry) {
      long started = self.world().loop().clock().epochNanos() / 1_000_000;
      String size =
          entry.node() instanceof FileNode.NullDevice
              ? "   1,   3"
              : String.format(
                  Locale.ROOT, "%9s", options.has('h') ? human(entry.node()) : size(entry.node()));
      return String.format(
          Locale.ROOT,
          "%s %4d root     root     %s %s %s\n",
          mode(entry.node()),
          entry.node() instanceof FileNode.Directory ? 2 : 1,
          size,
          TIME.format(Instant.ofEpochMilli(started)),
          marked(entry));
    }

    private static String human(FileNode node) {
      long bytes = size(node);
      return bytes < 1_024
          ? Long.toString(bytes)
          : bytes < 1 << 20
              ? String.format(Locale.ROOT, "%.1fK", bytes / 1_024.0)
              : String.format(Locale.ROOT, "%.1fM", bytes / 1_048_576.0);
    }

    private static String mode(FileNode node) {
      return switch (node) {
        case FileNode.Directory _ -> "drwxr-xr-x";
        case FileNode.NullDevice _ -> "crw-rw-rw-";
        case FileNode.RegularFile file -> file.program().isPresent() ? "-rwxr-xr-x" : "-rw-r--r--";
      };
    }

    private static long size(FileNode node) {
      return switch (node) {
        case FileNode.Directory _ -> 4_096;
        case FileNode.NullDevice _ -> 0;
        case FileNode.RegularFile file -> file.content().length;
      };
    }
  }
}

package dev.dockwire.program.applet;

import dev.dockwire.host.Errno;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import java.util.List;
import java.util.Optional;

/** The applets that make and remove files: {@code mkdir rmdir touch rm}. */
public final class FileApplets {

  private static final Usage MAKE_DIRECTORY_USAGE =
      new Usage(
          "mkdir",
          """
          mkdir [-m MODE] [-p] DIRECTORY...

          Create DIRECTORY

          \t-m MODE\tMode
          \t-p\tNo error if exists; make parent directories as needed
          """);

  private static final Usage REMOVE_DIRECTORY_USAGE =
      new Usage(
          "rmdir",
          """
          rmdir [-p] DIRECTORY...

          Remove DIRECTORY if it is empty

          \t-p\tInclude parents
          """);

  private static final Usage TOUCH_USAGE =
      new Usage(
          "touch",
          """
          touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...

          Update mtime of FILEs

          \t-c\tDon't create files
          """);

  private static final Usage REMOVE_USAGE =
      new Usage(
          "rm",
          """
          rm [-irf] FILE...

          Remove (unlink) FILEs

          \t-i\tAlways prompt before removing
          \t-f\tNever prompt
          \t-R,-r\tRecurse
          """);

  public static final Program MAKE_DIRECTORY =
      self -> {
        Options options = Options.parse(self, MAKE_DIRECTORY_USAGE, "pm:");
        return forEach(
            self,
            MAKE_DIRECTORY_USAGE,
            options.operands(),
            "can't create directory '%s': %s",
            path -> {
              if (options.has('p')) {
                self.host().files().makeDirectories(path);
              } else {
                self.host().files().makeDirectory(path);
              }
            });
      };

  public static final Program REMOVE_DIRECTORY =
      self -> {
        Options options = Options.parse(self, REMOVE_DIRECTORY_USAGE, "p");
        return forEach(
            self,
            REMOVE_DIRECTORY_USAGE,
            options.operands(),
            "'%s': %s",
            path -> {
              if (find(self, path)
                  .filter(node -> !(node instanceof FileNode.Directory))
                  .isPresent()) {
                throw new SystemCallException(Errno.ENOTDIR);
              }
              self.host().files().remove(path);
            });
      };

  public static final Program TOUCH =
      self -> {
        Options options = Options.parse(self, TOUCH_USAGE, "chamd:t:r:");
        return forEach(
            self,
            TOUCH_USAGE,
            options.operands(),
            "%s: %s",
            path -> {
              if (find(self, path).isEmpty() && !options.has('c')) {
                self.host().files().write(path, "");
              }
            });
      };

  public static final Program REMOVE =
      self -> {
        Options options = Options.parse(self, REMOVE_USAGE, "irfR");
        boolean force = options.has('f');
        boolean recurse = options.has('r') || options.has('R');
        if (options.operands().isEmpty() && force) {
          return 0;
        }
        int status = 0;
        if (options.operands().isEmpty()) {
          REMOVE_USAGE.show(self, 1);
        }
        for (String operand : options.operands()) {
          String path = FileTree.resolve(self.workingDirectory(), operand);
          Optional<FileNode> node = find(self, path);
          if (node.isEmpty() && !force) {
            REMOVE_USAGE.complain(
                self, "can't remove '" + operand + "': No such file or directory");
            status = 1;
          } else if (node.isPresent() && node.get() instanceof FileNode.Directory && !recurse) {
            REMOVE_USAGE.complain(self, "'" + operand + "' is a directory");
            status = 1;
          } else if (node.isPresent()) {
            remove(self.host().files(), path);
          }
        }
        return status;
      };

  private FileApplets() {}

  /** Does something to one file. */
  @FunctionalInterface
  private interface Action {
    void apply(String path);
  }

  private static int forEach(
      Process self, Usage usage, List<String> operands, String complaint, Action action) {
    if (operands.isEmpty()) {
      usage.show(self, 1);
    }
    int status = 0;
    for (String operand : operands) {
      try {
        action.apply(FileTree.resolve(self.workingDirectory(), operand));
      } catch (SystemCallException failed) {
        usage.complain(self, complaint.formatted(operand, failed.getMessage()));
        status = 1;
      }
    }
    return status;
  }

  private static Optional<FileNode> find(Process self, String path) {
    return self.host().files().find(path);
  }

  /** Removes a directory's content first; of the root only the content goes. */
  private static void remove(FileTree files, String path) {
    String prefix = path.equals("/") ? path : path + "/";
    for (String name : files.find(path).orElseThrow().list().keySet()) {
      remove(files, prefix + name);
    }
    if (!path.equals("/")) {
      files.remove(path);
    }
  }
}

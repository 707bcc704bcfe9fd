package dev.dockwire.tools.dump;

import dev.dockwire.capture.CaptureReader;
import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.tools.FileProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a capture file. */
@Command(
    name = "dump",
    description = "Prints a capture, one line per frame, in tcpdump's form. Times are UTC.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all was printed",
      "1:the file is cut short; what there is was printed",
      "2:wrong usage, or a file that cannot be read"
    },
    mixinStandardHelpOptions = true)
public final class DumpCommand implements Callable<Integer> {

  private static final int OK = 0;
  private static final int CUT_SHORT = 1;
  private static final int UNREADABLE = 2;

  @Parameters(paramLabel = "FILE", description = "a capture: pcap or pcapng")
  private Path file;

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "NAME",
      description = "print only the frames of this interface, such as a1/eth0")
  private String interfaceName;

  @Option(names = "-e", description = "print the Ethernet header too")
  private boolean linkHeader;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (CaptureReader reader = CaptureReader.open(file)) {
      FrameLine line = new FrameLine(linkHeader);
      while (reader.hasNext()) {
        CapturedFrame frame = reader.next();
        if (interfaceName == null || interfaceName.equals(frame.interfaceName())) {
          out.println(line.of(frame));
        }
      }
      return end(reader);
    } catch (UncheckedIOException e) {
      return complain(FileProblem.inWords(e.getCause()), UNREADABLE);
    } catch (IOException e) {
      return complain(FileProblem.inWords(e), UNREADABLE);
    } finally {
      out.flush();
    }
  }

  private int end(CaptureReader reader) {
    if (reader.damage().isPresent()) {
      return complain(reader.damage().get(), UNREADABLE);
    }
    return reader.isCutShort() ? complain("the file is cut short", CUT_SHORT) : OK;
  }

  private int complain(String what, int exitCode) {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().getOut().flush();
    err.println("dockwire dump: " + file + ": " + what);
    err.flush();
    return exitCode;
  }
}

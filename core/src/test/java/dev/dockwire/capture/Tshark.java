package dev.dockwire.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Wireshark's own reader on this machine, for a second opinion. */
final class Tshark {

  private Tshark() {}

  /** What it prints of a file, without its complaints; it exits with 2 if the file is cut short. */
  record Result(int exitCode, List<String> lines) {}

  /** Skips a test loudly where there is no tshark. */
  static void assumeInstalled() {
    Assumptions.assumeTrue(
        isInstalled(), "tshark is not installed: captures are not checked with it");
  }

  static boolean isInstalled() {
    try {
      return new ProcessBuilder("tshark", "--version").redirectErrorStream(true).start() != null;
    } catch (IOException _) {
      return false;
    }
  }

  static Result read(Path file, String... arguments) {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] output = process.getInputStream().readAllBytes();
      int exitCode = process.waitFor();
      return new Result(exitCode, new String(output, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.dockwire.tools.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.capture.CaptureFormat;
import dev.dockwire.capture.CaptureWriter;
import dev.dockwire.capture.Direction;
import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class DumpCommandTest {

  private static final String REQUEST =
      "00:00:01.000000000 a1/eth0 Out "
          + "ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28\n";
  private static final String REPLY =
      "00:00:01.000030000 a2/eth0 Out "
          + "ARP, Reply 172.17.0.3 is-at 02:42:ac:11:00:03, length 28 [dropped: port.spoof]\n";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  /** Stands for the command that dump is part of. */
  @Command(name = "dockwire")
  private static final class Parent {}

  @BeforeEach
  void capture() throws IOException {
    file = folder.resolve("x.pcapng");
    try (CaptureWriter writer = CaptureFormat.of(file).create(file, 0)) {
      writer.addInterface("a1/eth0", MacAddress.ZERO, "");
      writer.addInterface("a2/eth0", MacAddress.ZERO, "");
      byte[] request = Frames.arp(1, Frames.A, 0, Frames.B);
      writer.frame(0, 1_000_000_000, request, 0, request.length, Direction.OUTBOUND, 0, "");
      byte[] reply = Frames.arp(2, Frames.B, 0x0242_ac11_0002L, Frames.A);
      writer.frame(
          1, 1_000_030_000, reply, 0, reply.length, Direction.OUTBOUND, 0, "dropped: port.spoof");
    }
  }

  private int dump(Object... arguments) {
    CommandLine dockwire = new CommandLine(new Parent()).addSubcommand(new DumpCommand());
    dockwire.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] words = new String[arguments.length + 1];
    words[0] = "dump";
    for (int i = 0; i < arguments.length; i++) {
      words[i + 1] = arguments[i].toString();
    }
    return dockwire.execute(words);
  }

  private String output() {
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  private String errors() {
    return err.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void printsALineForEachFrame() {
    assertThat(dump(file)).isZero();
    assertThat(output()).isEqualTo(REQUEST + REPLY);
    assertThat(errors()).isEmpty();
  }

  @Test
  void printsOneInterfaceOnly() {
    assertThat(dump("-i", "a2/eth0", file)).isZero();
    assertThat(output()).isEqualTo(REPLY);
  }

  @Test
  void printsTheEthernetHeader() {
    assertThat(dump("-e", file)).isZero();
    assertThat(output()).contains("02:42:ac:11:00:02 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806)");
  }

  @Test
  void printsClassicPcapWithoutInterfaces() throws IOException {
    Path classic = folder.resolve("x.pcap");
    try (CaptureWriter writer = CaptureFormat.of(classic).create(classic, 0)) {
      byte[] request = Frames.arp(1, Frames.A, 0, Frames.B);
      writer.frame(0, 1, request, 0, request.length, Direction.OUTBOUND, 0, "");
    }
    assertThat(dump(classic)).isZero();
    assertThat(output())
        .isEqualTo(
            "00:00:00.000000001 ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28\n");
  }

  @Test
  void aFileCutShortIsPrintedAsFarAsItGoes() throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 5));
    assertThat(dump(file)).isEqualTo(1);
    assertThat(output()).isEqualTo(REQUEST);
    assertThat(errors()).isEqualTo("dockwire dump: " + file + ": the file is cut short\n");
  }

  @Test
  void aDamagedFileIsPrintedUpToTheDamage() throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length + 8));
    assertThat(dump(file)).isEqualTo(2);
    assertThat(output()).isEqualTo(REQUEST + REPLY);
    assertThat(errors()).isEqualTo("dockwire dump: " + file + ": damaged: a block of 0 bytes\n");
  }

  @Test
  void aFileThatIsNotThere() {
    Path absent = folder.resolve("absent.pcap");
    assertThat(dump(absent)).isEqualTo(2);
    assertThat(errors()).isEqualTo("dockwire dump: " + absent + ": No such file or directory\n");
  }

  @Test
  void aFolder() {
    assertThat(dump(folder)).isEqualTo(2);
    assertThat(errors()).startsWith("dockwire dump: " + folder + ": ").hasLineCount(1);
  }

  @Test
  void aFileOfAnotherKind() throws IOException {
    Files.writeString(file, "hello, this is a letter\n");
    assertThat(dump(file)).isEqualTo(2);
    assertThat(errors())
        .isEqualTo("dockwire dump: " + file + ": not a capture file (neither pcap nor pcapng)\n");
  }

  @Test
  void wrongUsage() {
    assertThat(dump()).isEqualTo(2);
    assertThat(errors()).contains("Missing required parameter: 'FILE'");
  }
}

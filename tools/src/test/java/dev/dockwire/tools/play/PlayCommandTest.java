package dev.dockwire.tools.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command as a user meets it: exit codes, messages, reports. */
class PlayCommandTest {

  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private Path file(String text) throws IOException {
    Path file = folder.resolve("scenario.md");
    Files.writeString(file, "# A scenario\n\n```console\n" + text + "```\n\nThe end.\n");
    return file;
  }

  private Result play(Path file, String... options) {
    List<String> line = new ArrayList<>(List.of(options));
    line.add(file.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new PlayCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(line.toArray(String[]::new));
    return new Result(status, out.toString(), err.toString());
  }

  @Test
  void exitsWith0WhenAllIsAsExpectedAndPrintsTheSession() throws IOException {
    Result result = play(file("$ echo hello\nhello\n$ false\n? 1\n$ echo $?\n1\n"));
    assertThat(result.status()).as(result.out()).isZero();
    assertThat(result.out()).contains("$ echo hello\nhello\n").contains("3 steps as expected");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void theCommandLineSetsTheEngineUp() throws IOException {
    Path file =
        file("$ docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' bridge\n...\n");
    assertThat(play(file, "--bip", "192.168.5.1/24").out()).contains("\n192.168.5.0/24\n");
    assertThat(play(file, "--default-address-pool", "base=10.200.0.0/16,size=24").out())
        .contains("\n10.200.0.0/24\n");
  }

  @Test
  void theCommandLineOverridesWhatTheScenarioStates() throws IOException {
    Path file =
        file(
            "```\n"
                + "<!-- dockwire: --compat=20 -->\n"
                + "```console\n"
                + "$ docker network ls | head -n1\n"
                + "...\n");
    assertThat(play(file).out()).contains("NETWORK ID          NAME");
    assertThat(play(file, "--compat", "28").out()).contains("NETWORK ID     NAME");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--compat=19 | invalid argument \"19\" for \"--compat\" flag: must be \"20\", \"28\" or"
            + " \"default\"",
        "--icc=no | invalid argument \"no\" for \"--icc\" flag: strconv.ParseBool: parsing \"no\":"
            + " invalid syntax",
        "--default-address-pool=10.0.0.0/8 | invalid argument \"10.0.0.0/8\" for"
            + " \"--default-address-pool\" flag: invalid field '10.0.0.0/8' must be a key=value"
            + " pair",
        "--default-address-pool=base=10.0.0.0/8,size=x | invalid argument"
            + " \"base=10.0.0.0/8,size=x\" for \"--default-address-pool\" flag: invalid size value:"
            + " \"x\" (must be integer): strconv.Atoi: parsing \"x\": invalid syntax",
        "--default-address-pool=bass=1 | invalid argument \"bass=1\" for"
            + " \"--default-address-pool\" flag: unexpected key 'bass' in 'bass=1'",
        "--default-address-pool=base=10.0.0.0/8,size=4 | invalid pools size: 4",
        "--default-address-pool=base=ten,size=24 | invalid base pool \"ten\": invalid CIDR address:"
            + " ten",
        "--bip=ten | invalid CIDR address: ten"
      })
  void anImpossibleSettingIsUnusable(String option, String why) throws IOException {
    Result result = play(file("$ true\n"), option);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith(why);
  }

  @Test
  void anEngineThatCannotBeSetUpSoIsUnusable() throws IOException {
    Path file = file("$ true\n");
    Result result = play(file, "--bip=10.9.0.0/24");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "dockwire play: "
                + file
                + ": failed to allocate gateway (10.9.0.0): Address already in use\n");
  }

  @Test
  void exitsWith1AndShowsTheDifferenceWithFileAndLine() throws IOException {
    Path file = file("$ echo hello\nhullo\n$ true\n? 3\n");
    Result result = play(file);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains(file + ":4: not as expected: $ echo hello\n    - hullo\n    + hello\n")
        .contains("    - exit status 3\n    + exit status 0\n")
        .contains("2 of 2 steps not as expected");
  }

  @Test
  void updateRewritesOnlyWhatDidNotMatch() throws IOException {
    Path file = file("$ echo hello\nhullo\nhallo\n$ echo a; echo b\n...\nb\n$ echo new\n");
    assertThat(play(file, "--update").status()).isZero();
    assertThat(Files.readString(file))
        .isEqualTo(
            "# A scenario\n\n```console\n$ echo hello\nhello\n$ echo a; echo b\n...\nb\n"
                + "$ echo new\nnew\n```\n\nThe end.\n");
    assertThat(play(file).status()).isZero();
  }

  @Test
  void exitsWith2ForWrongUsageAndUnreadableFiles() throws IOException {
    Result missing = play(folder.resolve("nosuch.md"));
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err())
        .isEqualTo(
            "dockwire play: " + folder.resolve("nosuch.md") + ": No such file or directory\n");
    assertThat(play(folder).err()).contains("Is a directory");
    Path empty = Files.writeString(folder.resolve("empty.md"), "nothing\n");
    assertThat(play(empty).err()).contains("there is no console block to play");
    Path binary = Files.write(folder.resolve("binary.md"), new byte[] {(byte) 0xff, 0, 1});
    assertThat(play(binary).err()).contains("not a text file in UTF-8");
    assertThat(play(file("$ true\n"), "--nosuch").status()).isEqualTo(2);
    assertThat(play(file("$ true\n"), "--seed", "x").status()).isEqualTo(2);
    assertThat(play(file("$ true\n"), "--timeout", "0").status()).isEqualTo(2);
    Result capture = play(file("$ true\n"), "--capture", "/nosuch/folder/x.pcapng");
    assertThat(capture.status()).isEqualTo(2);
    assertThat(capture.err())
        .isEqualTo("dockwire play: /nosuch/folder/x.pcapng: No such file or directory\n");
  }

  @Test
  void exitsWith3WhenACommandDoesNotEnd() throws IOException {
    Result result = play(file("$ while true; do true; done\n"), "--timeout", "1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).contains("time limit");
  }

  @Test
  void aMonthOfSleepCostsNothingInVirtualTime() throws IOException {
    assertThat(play(file("$ sleep 2600000\n? 0\n")).status()).isZero();
  }

  @Test
  void aStatusThatNoShellCanTellIsAMismatch() throws IOException {
    Result result = play(file("$ cat\n? 0\n"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("+ no exit status: the command has not ended");
  }

  @Test
  void ctrlDEndsTheInput() throws IOException {
    Result result = play(file("$ cat\n[Ctrl + D]\n? 0\n$ echo after\nafter\n"));
    assertThat(result.status()).as(result.out()).isZero();
  }

  @Test
  void ctrlCInterruptsAProgramThatNeverRests() throws IOException {
    Result result = play(file("$ while true; do echo x; done\nx\n...\n[Ctrl + C]\n...\n? 130\n"));
    assertThat(result.status()).as(result.err()).isZero();
  }

  @Test
  void aClientThatIsInterruptedReadsNoMoreOfTheTerminal() throws IOException {
    Result result =
        play(
            file(
                """
                $ docker run -itd --name a1 alpine
                [..]
                $ docker exec -i a1 cat
                [Ctrl + C]
                $ echo one
                one
                $ echo two
                two
                """));
    assertThat(result.status()).as(result.out()).isZero();
  }

  @Test
  void aProgramWhoseClientIsGoneIsNotSeenAnyMore() throws IOException {
    Result result =
        play(
            file(
                """
                $ docker run -itd --name a1 alpine
                [..]
                $ docker exec a1 ping 127.0.0.1
                PING 127.0.0.1 (127.0.0.1): 56 data bytes
                64 bytes from 127.0.0.1: seq=0 ttl=64 time=[..] ms
                [Ctrl + C]
                $ sleep 3
                $ docker exec a1 ps | grep -c ping
                1
                """));
    assertThat(result.status()).as(result.out()).isZero();
  }

  @Test
  void onlyAPrivilegedContainerChangesItsNetwork() throws IOException {
    Result result =
        play(
            file(
                """
                $ docker run -itd --name a1 alpine
                [..]
                $ docker exec a1 ip addr add 10.9.0.1/24 dev eth0
                ip: RTNETLINK answers: Operation not permitted
                ? 2
                $ docker exec a1 ifconfig eth0 down
                ifconfig: SIOCSIFFLAGS: Operation not permitted
                ? 1
                $ docker exec a1 route add default gw 172.17.0.1
                route: SIOCADDRT: Operation not permitted
                ? 1
                $ docker exec a1 hostname other
                hostname: sethostname: Operation not permitted
                ? 1
                $ docker run -itd --name a2 --cap-add NET_ADMIN alpine
                [..]
                $ docker exec a2 ifconfig eth0 down
                ? 0
                $ ping -c 1 -W 1 172.17.0.3
                ...
                1 packets transmitted, 0 packets received, 100% packet loss
                """));
    assertThat(result.status()).as(result.out()).isZero();
  }

  @Test
  void updateWritesAFileThatPlays() throws IOException {
    Path file = file("$ printf '$ x\\n? 3\\n[Ctrl + C]\\n...\\n# y\\n'\n$ false\n? 0\n");
    assertThat(play(file, "--update").status()).isZero();
    Result again = play(file);
    assertThat(again.status()).as(Files.readString(file) + again.out()).isZero();
    assertThat(Files.readString(file)).contains("$ false\n? 1\n");
  }

  @Test
  void typingAtAContainerNeedsOne() throws IOException {
    Result result = play(file("$ docker attach nosuch\n...\n/ # ls\n"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("no container is attached to type this at");
  }

  @Test
  void detachesByItselfBeforeALineForTheHost() throws IOException {
    Result result =
        play(
            file(
                """
                $ docker run -it --name a1 alpine
                / # echo in a1
                in a1
                $ docker exec a1 echo still there
                still there
                """));
    assertThat(result.status()).as(result.out()).isZero();
  }

  @Test
  void playsInRealTimeToo() throws IOException {
    Result result =
        play(
            file(
                """
                $ docker run -itd --name a1 alpine
                [..]
                $ ping -c 1 172.17.0.2
                PING 172.17.0.2 (172.17.0.2): 56 data bytes
                64 bytes from 172.17.0.2: seq=0 ttl=64 time=[..] ms
                ...
                ? 0
                """),
            "--real-time");
    assertThat(result.status()).as(result.out()).isZero();
  }

  @Test
  void aContainerReachesThisMachineWhenTheUserAllowsIt() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket client = server.accept()) {
                  client
                      .getOutputStream()
                      .write("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nreal\n".getBytes());
                  client.getInputStream().read();
                } catch (IOException e) {
                  // The step shows what came of it.
                }
              });
      Path file =
          file(
              "$ docker run --rm alpine wget -qO- http://10.0.2.2:%d/\nreal\n"
                  .formatted(server.getLocalPort()));
      assertThat(play(file, "--real-time").status()).isEqualTo(1);
      Result result = play(file, "--real-time", "--uplink", "loopback");
      assertThat(result.status()).as(result.out()).isZero();
      Result virtual = play(file, "--uplink", "loopback");
      assertThat(virtual.status()).isEqualTo(2);
      assertThat(virtual.err()).startsWith("--uplink needs --real-time");
      assertThat(play(file, "--real-time", "--uplink", "some").err())
          .startsWith("Invalid value for option '--uplink': must be none, loopback or all: some");
    }
  }

  @Test
  void writesAJunitReport() throws IOException {
    Path report = folder.resolve("report.xml");
    play(file("$ echo '<&>'\n<&>\n$ echo a\nb\n"), "--junit-xml", report.toString());
    assertThat(Files.readString(report))
        .contains("tests=\"2\" failures=\"1\" errors=\"0\"")
        .contains("line 4: $ echo '&lt;&amp;&gt;'")
        .contains("<failure message=\"not as expected\">- b\n+ a</failure>");
  }

  @Test
  void theDiskFillingUpDuringACaptureIsOneLineAndLeavesTheRestAlone() throws IOException {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.exists(full), "no /dev/full here: a full disk is not tried");
    Result result = play(file("$ echo hello\nhello\n"), "--capture", full.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("dockwire play: /dev/full: No space left on device\n");
  }

  @Test
  void updateKeepsLineEndsLinksAndModesAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("dos.md");
    Files.writeString(file, "```console\r\n$ echo a\r\nb\r\n```\r\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    Path link = Files.createSymbolicLink(folder.resolve("link.md"), file);
    assertThat(play(link, "--update").status()).isZero();
    assertThat(Files.readString(file)).isEqualTo("```console\r\n$ echo a\r\na\r\n```\r\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-r--");
    assertThat(link).isSymbolicLink();
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aReportSaysThatTheTimeLimitCameBeforeTheFirstStep() throws IOException {
    Path report = folder.resolve("report.xml");
    Scenario scenario = ScenarioReader.read(file("$ true\n"));
    JunitXml.write(report, List.of(new JunitXml.Suite(scenario, List.of(), false)));
    assertThat(report).content().contains("tests=\"1\" failures=\"1\"").contains("time limit");
  }

  @Test
  void manyScenariosInVirtualTimeLeaveNoFilesOpen() throws IOException {
    Path file = file("$ true\n");
    play(file);
    long before = openFiles();
    for (int i = 0; i < 20; i++) {
      play(file);
    }
    assertThat(openFiles()).isLessThan(before + 20);
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}

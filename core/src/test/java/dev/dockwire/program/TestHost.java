package dev.dockwire.program;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A host with all applets, whose scripts run to their end in virtual time. */
public final class TestHost {

  /** What a program printed and how it ended. */
  public record Result(int status, String out, String err) {}

  private final World world;
  private final Host host;
  private final Map<String, String> environment = new LinkedHashMap<>();

  public TestHost(World world, String name) {
    this.world = world;
    FileTree files = new FileTree();
    Applets.install(files);
    files.makeDirectories("/dev");
    files.put("/dev/null", new FileNode.NullDevice());
    files.makeDirectories("/etc");
    files.makeDirectories("/tmp");
    files.makeDirectories("/root");
    HostStack stack = new HostStack(name, world.timers(), world.seed().generator(name));
    host = new Host(world, name, name, stack, files);
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOSTNAME", name);
    environment.put("HOME", "/root");
  }

  public Host host() {
    return host;
  }

  /** Runs {@code sh -c script} in the empty directory /tmp to its end. */
  public Result run(String script, String... arguments) {
    return runWithInput("", script, arguments);
  }

  public Result runWithInput(String input, String script, String... arguments) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", script));
    words.addAll(List.of(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Process process =
        start(
            words, "/tmp", new Stdio(new TextInput(input), new Collector(out), new Collector(err)));
    if (!world.loop().runUntil(process::hasEnded)) {
      throw new AssertionError("waits for ever: " + script);
    }
    return new Result(
        process.exitStatus(),
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }

  /** Starts a script in /tmp and has it wait for its first client. */
  public Process serve(String script) {
    Process server = start(List.of("sh", "-c", script), "/tmp", Stdio.NULL);
    world.loop().runUntil(world.now() + 1);
    return server;
  }

  /** What a script has left in a file of /tmp. */
  public String file(String name) {
    return host.files().readText("/tmp/" + name);
  }

  /** Starts a program without running it. */
  public Process start(List<String> words, String directory, Stdio stdio) {
    return host.processes()
        .start(
            Applets.find(words.getFirst()).orElseThrow(),
            null,
            new ProcessSpec(words, environment, directory, stdio));
  }

  /** A shell on a terminal. */
  public Console console(String... words) {
    Tty tty = new Tty();
    Process process = start(words.length == 0 ? List.of("sh") : List.of(words), "/", Stdio.of(tty));
    tty.foreground(List.of(process));
    return new Console(tty, process);
  }

  /** Somebody at a terminal: types, and reads what is shown. */
  public final class Console {

    private final Tty tty;
    private final Process process;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private Console(Tty tty, Process process) {
      this.tty = tty;
      this.process = process;
      tty.attach((bytes, offset, length) -> screen.write(bytes, offset, length));
      settle();
    }

    /** Types, and lets everything happen until the shell waits for more or has ended. */
    public String type(String keys) {
      tty.type(keys);
      return settle();
    }

    /** Types while something runs, and lets some time pass. */
    public String typeAndWait(String keys, long nanos) {
      tty.type(keys);
      world.loop().runUntil(world.now() + nanos);
      return shown();
    }

    public String resize(int rows, int columns) {
      tty.resize(rows, columns);
      return settle();
    }

    private String settle() {
      if (!world.loop().runUntil(() -> tty.awaitsInput() || process.hasEnded())) {
        throw new AssertionError("nothing more happens; shown: " + screen);
      }
      return shown();
    }

    /** What has been shown since it was last asked for, with plain newlines. */
    public String shown() {
      String text = screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
      screen.reset();
      return text;
    }

    public Process process() {
      return process;
    }

    public Tty tty() {
      return tty;
    }
  }

  private record Collector(ByteArrayOutputStream bytes) implements Output {

    @Override
    public void write(Process writer, byte[] written, int offset, int length) {
      bytes.write(written, offset, length);
    }
  }

  private static final class TextInput implements Input {

    private final byte[] bytes;
    private int position;

    TextInput(String text) {
      bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read(Process reader, byte[] buffer, int offset, int length) {
      int count = Math.min(length, bytes.length - position);
      System.arraycopy(bytes, position, buffer, offset, count);
      position += count;
      return count == 0 ? -1 : count;
    }
  }
}

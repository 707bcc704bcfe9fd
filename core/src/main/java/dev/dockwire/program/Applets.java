package dev.dockwire.program;

import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.program.applet.Cat;
import dev.dockwire.program.applet.Echo;
import dev.dockwire.program.applet.Env;
import dev.dockwire.program.applet.FileApplets;
import dev.dockwire.program.applet.Grep;
import dev.dockwire.program.applet.Head;
import dev.dockwire.program.applet.Hostname;
import dev.dockwire.program.applet.Kill;
import dev.dockwire.program.applet.Ls;
import dev.dockwire.program.applet.Nslookup;
import dev.dockwire.program.applet.Printf;
import dev.dockwire.program.applet.Ps;
import dev.dockwire.program.applet.Sleep;
import dev.dockwire.program.applet.SystemApplets;
import dev.dockwire.program.applet.Test;
import dev.dockwire.program.applet.Wc;
import dev.dockwire.program.http.client.Wget;
import dev.dockwire.program.nc.BusyBoxNc;
import dev.dockwire.program.netstat.Netstat;
import dev.dockwire.program.network.Arp;
import dev.dockwire.program.network.Ifconfig;
import dev.dockwire.program.network.Ip;
import dev.dockwire.program.network.RouteApplet;
import dev.dockwire.program.probe.Ping;
import dev.dockwire.program.probe.Traceroute;
import dev.dockwire.program.shell.Shell;
import dev.dockwire.program.tc.Tc;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The programs that every image has, and their places, which are those of Alpine's BusyBox. */
public final class Applets {

  private static final Map<String, Program> BY_PATH = new TreeMap<>();
  private static final Map<String, Program> BY_NAME = new TreeMap<>();

  static {
    Program shell = new Shell();
    put("/bin", "ash", shell);
    put("/bin", "cat", new Cat());
    put("/bin", "date", SystemApplets.DATE);
    put("/bin", "echo", new Echo());
    put("/bin", "false", _ -> 1);
    put("/bin", "grep", new Grep());
    put("/bin", "hostname", new Hostname());
    put("/bin", "kill", Kill.PROGRAM);
    put("/bin", "ls", new Ls());
    put("/bin", "netstat", new Netstat());
    put("/bin", "mkdir", FileApplets.MAKE_DIRECTORY);
    put("/bin", "ping", new Ping());
    put("/bin", "ps", new Ps());
    put("/bin", "pwd", Applets::printDirectory);
    put("/bin", "rm", FileApplets.REMOVE);
    put("/bin", "rmdir", FileApplets.REMOVE_DIRECTORY);
    put("/bin", "sh", shell);
    put("/bin", "sleep", new Sleep());
    put("/bin", "touch", FileApplets.TOUCH);
    put("/bin", "true", _ -> 0);
    put("/bin", "uname", SystemApplets.UNAME);
    put("/sbin", "arp", new Arp());
    put("/sbin", "ifconfig", new Ifconfig());
    put("/sbin", "ip", new Ip());
    put("/sbin", "route", new RouteApplet());
    put("/sbin", "tc", new Tc());
    put("/usr/bin", "[", Test.PROGRAM);
    put("/usr/bin", "env", new Env());
    put("/usr/bin", "head", new Head());
    put("/usr/bin", "id", SystemApplets.ID);
    put("/usr/bin", "nc", new BusyBoxNc());
    put("/usr/bin", "nslookup", new Nslookup());
    put("/usr/bin", "printf", Printf.PROGRAM);
    put("/usr/bin", "seq", SystemApplets.SEQ);
    put("/usr/bin", "test", Test.PROGRAM);
    put("/usr/bin", "traceroute", new Traceroute());
    put("/usr/bin", "wc", new Wc());
    put("/usr/bin", "wget", new Wget());
    put("/usr/bin", "whoami", SystemApplets.WHOAMI);
  }

  private Applets() {}

  /** Puts all of them, and the directories they are in, into a tree. */
  public static void install(FileTree files) {
    BY_PATH.forEach(
        (path, program) -> {
          files.makeDirectories(path.substring(0, path.lastIndexOf('/')));
          files.install(path, program);
        });
  }

  private static void put(String directory, String name, Program program) {
    BY_PATH.put(directory + "/" + name, program);
    BY_NAME.put(name, program);
  }

  /** The program of that name. */
  public static Optional<Program> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static int printDirectory(Process self) {
    self.print(self.workingDirectory() + "\n");
    return 0;
  }
}

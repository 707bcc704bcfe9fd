package dev.dockwire.host;

import dev.dockwire.bridge.HostEnd;
import dev.dockwire.stack.HostStack;
import java.util.List;
import java.util.function.Supplier;

/** A virtual host: a stack, files, processes and a name. */
public final class Host {

  private final World world;
  private final String name;
  private final HostStack stack;
  private final FileTree files;
  private final ProcessTable processes = new ProcessTable(this);

  private Supplier<List<HostEnd>> wireEnds = List::of;
  private String hostname;
  private boolean networkAdmin = true;

  /**
   * @param name what the emulation calls it, unique in the world; the host itself knows only its
   *     {@code hostname}
   */
  public Host(World world, String name, String hostname, HostStack stack, FileTree files) {
    this.world = world;
    this.name = name;
    this.hostname = hostname;
    this.stack = stack;
    this.files = files;
  }

  public World world() {
    return world;
  }

  public String name() {
    return name;
  }

  public String hostname() {
    return hostname;
  }

  public void hostname(String newHostname) {
    hostname = newHostname;
  }

  /** Whether programs here may change interfaces, routes and names: Linux's CAP_NET_ADMIN. */
  public boolean isNetworkAdmin() {
    return networkAdmin;
  }

  public void networkAdmin(boolean allowed) {
    networkAdmin = allowed;
  }

  public HostStack stack() {
    return stack;
  }

  /** Its ends of the wires that lead from its bridges to other hosts. */
  public List<HostEnd> wireEnds() {
    return wireEnds.get();
  }

  public void wireEnds(Supplier<List<HostEnd>> newWireEnds) {
    wireEnds = newWireEnds;
  }

  public FileTree files() {
    return files;
  }

  public ProcessTable processes() {
    return processes;
  }

  @Override
  public String toString() {
    return name;
  }
}

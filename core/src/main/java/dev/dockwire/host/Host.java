package dev.dockwire.host;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.HostStack;
import java.util.Optional;

/** A virtual host: a stack, files, processes and a name. */
public final class Host {

  private final World world;
  private final String name;
  private final HostStack stack;
  private final FileTree files;
  private final ProcessTable processes = new ProcessTable(this);

  private String hostname;
  private boolean networkAdmin = true;
  private NameService nameService = NameService.NONE;

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

  /**
   * The address that a name means here: itself if it is one, else what {@code /etc/hosts} says,
   * else what the name service knows.
   */
  public Optional<Ipv4Address> resolve(String text) {
    if (Ipv4Address.isAddress(text)) {
      return Optional.of(Ipv4Address.parse(text));
    }
    return HostsFile.parse(files.readText("/etc/hosts"))
        .addressOf(text)
        .or(() -> nameService.lookup(text));
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

  public void nameService(NameService service) {
    nameService = service;
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

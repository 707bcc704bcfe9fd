package dev.dockwire.engine.spec;

/**
 * A line that the user wants in a container's {@code /etc/hosts}: {@code --add-host NAME:ADDRESS}.
 *
 * @param address an IP address, or {@code host-gateway} for the default bridge's gateway
 */
public record ExtraHost(String name, String address) {

  public static final String HOST_GATEWAY = "host-gateway";
}

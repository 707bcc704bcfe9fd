package dev.dockwire.engine;

import dev.dockwire.engine.spec.ExposedPort;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.nat.Netfilter;
import dev.dockwire.nat.Proxies;
import java.util.ArrayList;
import java.util.List;

/**
 * The packet filter rules that Docker makes on its host, rule by rule and in its order: for each
 * bridge what may pass to and from it, for each published port where it leads. Those of 20.10 stand
 * in the chain FORWARD itself, those of 28 in chains of their own.
 */
final class PacketRules {

  private static final String STAGE_1 = "DOCKER-ISOLATION-STAGE-1";
  private static final String STAGE_2 = "DOCKER-ISOLATION-STAGE-2";
  private static final String ANSWERS = "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT";
  private static final int LAST = 0;
  private static final int FIRST = 1;

  /** Behind the jumps to the user's chain and to the first isolation chain. */
  private static final int FIRST_IN_FORWARD = 3;

  private final Netfilter netfilter;
  private final RuleBook book;
  private final boolean old;
  private final boolean proxies;
  private List<InterContainerFilter.OpenPort> linked = List.of();

  PacketRules(Netfilter netfilter, EngineSettings settings) {
    this.netfilter = netfilter;
    this.book = new RuleBook(netfilter.rules());
    this.old = settings.compat().keepsRulesInForward();
    this.proxies = settings.userlandProxy();
    book.set("-P FORWARD DROP", "-N DOCKER", "-N " + STAGE_1, "-N " + STAGE_2, "-N DOCKER-USER");
    if (old) {
      book.set(
          "-A FORWARD -j DOCKER-USER",
          "-A FORWARD -j " + STAGE_1,
          "-A " + STAGE_1 + " -j RETURN",
          "-A " + STAGE_2 + " -j RETURN",
          "-A DOCKER-USER -j RETURN");
    } else {
      book.set(
          "-N DOCKER-BRIDGE",
          "-N DOCKER-CT",
          "-N DOCKER-FORWARD",
          "-A FORWARD -j DOCKER-USER",
          "-A FORWARD -j DOCKER-FORWARD",
          "-A DOCKER-FORWARD -j DOCKER-CT",
          "-A DOCKER-FORWARD -j " + STAGE_1,
          "-A DOCKER-FORWARD -j DOCKER-BRIDGE");
    }
    book.set(
        "-t nat -N DOCKER",
        "-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
        "-t nat -A OUTPUT "
            + (proxies ? "! -d 127.0.0.0/8 " : "")
            + "-m addrtype --dst-type LOCAL -j DOCKER");
  }

  void added(Network network, Segment segment) {
    change(true, network, segment);
  }

  void removed(Network network, Segment segment) {
    change(false, network, segment);
  }

  private void change(boolean wanted, Network network, Segment segment) {
    String bridge = segment.bridge().name();
    boolean icc = BridgeOptions.icc(network.spec());
    if (network.spec().internal()) {
      isolate(wanted, segment, icc);
      return;
    }
    GatewayMode mode = segment.mode();
    if (old) {
      forwardInOneChain(wanted, bridge, icc);
    } else {
      forwardInOwnChains(wanted, bridge, icc, mode);
    }
    book.change(wanted, STAGE_1, FIRST, "-i " + bridge + " ! -o " + bridge + " -j " + STAGE_2);
    book.change(wanted, STAGE_2, FIRST, "-o " + bridge + " -j DROP");
    if (mode == GatewayMode.ROUTED) {
      letThroughIsolation(wanted, bridge);
    } else if (BridgeOptions.masquerades(network.spec())) {
      String out = "-s " + segment.subnet() + " ! -o " + bridge + " -j MASQUERADE";
      book.change(wanted, "-t nat POSTROUTING", FIRST, out);
    }
    if (proxies) {
      book.change(wanted, "-t nat DOCKER", FIRST, "-i " + bridge + " -j RETURN");
    } else {
      String local = "-o " + bridge + " -m addrtype --src-type LOCAL -j MASQUERADE";
      book.change(wanted, "-t nat POSTROUTING", FIRST, local);
    }
  }

  /** Other networks' containers are let as far as the network's own rules, and answered. */
  private void letThroughIsolation(boolean wanted, String bridge) {
    book.change(wanted, STAGE_1, FIRST, "-o " + bridge + " -j RETURN");
    book.change(wanted, STAGE_1, FIRST, "-i " + bridge + " " + ANSWERS);
  }

  private void isolate(boolean wanted, Segment segment, boolean icc) {
    String bridge = segment.bridge().name();
    String inside = "-i " + bridge + " -o " + bridge + " -j " + (icc ? "ACCEPT" : "DROP");
    book.change(wanted, STAGE_1, FIRST, "! -d " + segment.subnet() + " -i " + bridge + " -j DROP");
    book.change(wanted, STAGE_1, FIRST, "! -s " + segment.subnet() + " -o " + bridge + " -j DROP");
    if (old) {
      book.change(wanted, "FORWARD", FIRST_IN_FORWARD, inside);
    } else {
      book.change(wanted, "DOCKER-FORWARD", LAST, inside);
    }
  }

  private void forwardInOneChain(boolean wanted, String bridge, boolean icc) {
    String[] rules = {
      "-o " + bridge + " " + ANSWERS,
      "-o " + bridge + " -j DOCKER",
      "-i " + bridge + " ! -o " + bridge + " -j ACCEPT",
      "-i " + bridge + " -o " + bridge + " -j " + (icc ? "ACCEPT" : "DROP")
    };
    int place = FIRST_IN_FORWARD;
    for (String rule : rules) {
      book.change(wanted, "FORWARD", place++, rule);
    }
  }

  private void forwardInOwnChains(boolean wanted, String bridge, boolean icc, GatewayMode mode) {
    if (mode == GatewayMode.ROUTED) {
      book.change(wanted, "DOCKER", LAST, "-o " + bridge + " -p icmp -j ACCEPT");
    }
    String others = mode == GatewayMode.NAT_UNPROTECTED ? "ACCEPT" : "DROP";
    book.change(wanted, "DOCKER", LAST, "! -i " + bridge + " -o " + bridge + " -j " + others);
    book.change(wanted, "DOCKER-BRIDGE", LAST, "-o " + bridge + " -j DOCKER");
    book.change(wanted, "DOCKER-CT", LAST, "-o " + bridge + " " + ANSWERS);
    if (icc) {
      book.change(wanted, "DOCKER-FORWARD", LAST, "-i " + bridge + " -j ACCEPT");
    } else {
      book.change(wanted, "DOCKER-FORWARD", LAST, "-i " + bridge + " -o " + bridge + " -j DROP");
      book.change(
          wanted, "DOCKER-FORWARD", LAST, "-i " + bridge + " ! -o " + bridge + " -j ACCEPT");
    }
  }

  /**
   * A container has come to a network, or leaves it: nobody else reaches its address directly,
   * unless that is what the network is for.
   */
  void connected(boolean now, Endpoint endpoint) {
    if (!old
        && endpoint.wire().isPresent()
        && !endpoint.network().spec().internal()
        && mode(endpoint) == GatewayMode.NAT) {
      String bridge = bridge(endpoint);
      book.change(
          now,
          "-t raw PREROUTING",
          LAST,
          "-d " + address(endpoint) + "/32 ! -i " + bridge + " -j DROP");
    }
  }

  /** A port of a container is published, or is no longer; then its flows are forgotten, too. */
  void published(boolean now, Endpoint endpoint, PublishedPort port) {
    String bridge = bridge(endpoint);
    if (mode(endpoint) != GatewayMode.NAT_UNPROTECTED) {
      book.change(
          now,
          "DOCKER",
          old ? LAST : FIRST,
          "-d %s/32 ! -i %s -o %s %s -j ACCEPT"
              .formatted(address(endpoint), bridge, bridge, toPort(port, port.containerPort())));
    }
    if (port.isOnHost()) {
      translated(now, endpoint, port);
      if (proxies) {
        proxied(now, endpoint, port);
      }
      if (!now) {
        netfilter.forgetFlowsTo(
            address(endpoint).value(),
            ExposedPort.protocolNumber(port.protocol()),
            port.containerPort());
      }
    }
  }

  private void translated(boolean now, Endpoint endpoint, PublishedPort port) {
    Ipv4Address container = address(endpoint);
    String host = port.hostAddress().value() == 0 ? "" : "-d " + port.hostAddress() + "/32 ";
    String toHostPort = toPort(port, port.hostPort());
    book.change(
        now,
        "-t nat DOCKER",
        LAST,
        "%s%s%s -j DNAT --to-destination %s:%d"
            .formatted(
                host,
                proxies ? "! -i " + bridge(endpoint) + " " : "",
                toHostPort,
                container,
                port.containerPort()));
    if (old || !proxies) {
      book.change(
          now,
          "-t nat POSTROUTING",
          LAST,
          "-s %s/32 -d %s/32 %s -j MASQUERADE"
              .formatted(container, container, toPort(port, port.containerPort())));
    }
    if (!old && Ipv4Address.isLoopback(port.hostAddress().value())) {
      book.change(now, "-t raw PREROUTING", LAST, host + "! -i lo " + toHostPort + " -j DROP");
    }
  }

  private static String toPort(PublishedPort port, int number) {
    return "-p %s -m %s --dport %d".formatted(port.protocol(), port.protocol(), number);
  }

  private void proxied(boolean now, Endpoint endpoint, PublishedPort port) {
    Proxies.Proxy proxy =
        new Proxies.Proxy(
            ExposedPort.protocolNumber(port.protocol()),
            port.hostAddress().value(),
            port.hostPort(),
            address(endpoint).value(),
            port.containerPort());
    if (now) {
      netfilter.proxies().add(proxy);
    } else {
      netfilter.proxies().remove(proxy);
    }
  }

  /** Shows what legacy links open on the default bridge; the bridge's own filter lets it pass. */
  void linked(List<InterContainerFilter.OpenPort> ports, String bridge) {
    List<InterContainerFilter.OpenPort> gone = new ArrayList<>(linked);
    gone.removeAll(ports);
    gone.forEach(port -> link(false, port, bridge));
    List<InterContainerFilter.OpenPort> added = new ArrayList<>(ports);
    added.removeAll(linked);
    added.forEach(port -> link(true, port, bridge));
    linked = List.copyOf(ports);
  }

  private void link(boolean now, InterContainerFilter.OpenPort port, String bridge) {
    String protocol = port.protocol() == Ipv4View.PROTOCOL_UDP ? "udp" : "tcp";
    String client = Ipv4Address.toString(port.client());
    String server = Ipv4Address.toString(port.server());
    String rule = "-s %s/32 -d %s/32 -i %s -o %s -p %s -m %s --%s %d -j ACCEPT";
    int number = port.number();
    book.change(
        now,
        "DOCKER",
        FIRST,
        rule.formatted(client, server, bridge, bridge, protocol, protocol, "dport", number));
    book.change(
        now,
        "DOCKER",
        FIRST,
        rule.formatted(server, client, bridge, bridge, protocol, protocol, "sport", number));
  }

  private static String bridge(Endpoint endpoint) {
    return endpoint.network().segment().orElseThrow().bridge().name();
  }

  private static GatewayMode mode(Endpoint endpoint) {
    return endpoint.network().segment().orElseThrow().mode();
  }

  private static Ipv4Address address(Endpoint endpoint) {
    return endpoint.wire().orElseThrow().address().address();
  }
}

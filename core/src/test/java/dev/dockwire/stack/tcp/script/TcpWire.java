package dev.dockwire.stack.tcp.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.Wire;

/**
 * The hand-made peer for tests in Java: {@code "S. 0:0(0) ack 1"} as in scenario files, and numbers
 * relative to the initial ones of each side. What a file can say belongs in a file.
 */
public final class TcpWire {

  public static final String HOST = Scene.HOST;
  public static final String PEER = Scene.PEER;

  private static final int ETHERNET = 14;

  public final Wire wire = new Wire(HOST + "/24");

  private final PeerConnection connection;
  private final Ipv4View ip = new Ipv4View();
  private final TcpView view = new TcpView();
  private int window = 65_535;
  private boolean sackPermitted;
  private String stamp = "";
  private String sack = "";

  public TcpWire(int hostPort, int peerPort) {
    connection = new PeerConnection("", HOST, hostPort, PEER, peerPort, Scene.PEER_ISS);
    wire.know(PEER, wire.eth0);
  }

  /** What the peer's segments advertise from now on. */
  public TcpWire window(int octets) {
    window = octets;
    return this;
  }

  /** The peer's SYN permits SACK. */
  public TcpWire permitSack() {
    sackPermitted = true;
    return this;
  }

  /** The peer's segments carry this timestamp from now on, and echo the host's last one. */
  public TcpWire stamp(int value) {
    stamp = ", nop, nop, ts " + value;
    return this;
  }

  public TcpWire noStamp() {
    stamp = "";
    return this;
  }

  /** The peer's next segment reports this block. */
  public TcpWire sack(int left, int right) {
    sack = ", nop, nop, sack " + left + ":" + right;
    return this;
  }

  /** The peer sends a segment without data; a SYN carries an MSS of 1460. */
  public void send(String flags, int sequence, int ack) {
    send(flags, sequence, ack, "");
  }

  public void send(String flags, int sequence, int ack, String data) {
    int bits = ControlBits.parse(flags.isEmpty() ? "-" : flags);
    boolean syn = (bits & TcpView.SYN) != 0;
    String options =
        (syn ? ", mss 1460" : "")
            + (syn && sackPermitted ? ", nop, nop, sackOK" : "")
            + stamp
            + sack;
    sack = "";
    SegmentText segment =
        new SegmentText(
            bits,
            sequence,
            data.length(),
            (bits & TcpView.ACK) == 0 ? SegmentText.NO_ACK : ack,
            window,
            SegmentText.UNWRITTEN,
            SegmentText.UNWRITTEN,
            data,
            options.isEmpty() ? "" : options.substring(2),
            false,
            null);
    wire.sendPacket(connection.emit(segment, wire.now()));
  }

  /** The host's next frame must be this segment. */
  public void expect(String segment) {
    byte[] frame = wire.next();
    assertThat(ip.wrap(frame, ETHERNET, frame.length - ETHERNET)).as("a packet").isTrue();
    assertThat(
            view.wrap(frame, ip.payloadOffset(), ip.payloadLength(), ip.source(), ip.destination()))
        .as("a valid segment")
        .isTrue();
    SegmentText came = connection.describe(frame, ip, view);
    SegmentText expected = SegmentText.parse(new Words(segment));
    assertThat(expected.difference(came)).as("expected %s, came %s", expected, came).isEmpty();
  }

  public void expectNothing() {
    wire.expectNothing();
  }

  /** Lets time pass until so many milliseconds after the beginning. */
  public void at(long millis) {
    wire.at(millis);
  }
}

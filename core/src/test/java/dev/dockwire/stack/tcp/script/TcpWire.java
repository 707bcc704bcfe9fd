package dev.dockwire.stack.tcp.script;

import static dev.dockwire.stack.Frames.address;
import static dev.dockwire.stack.Frames.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.Wire;
import java.nio.charset.StandardCharsets;

/**
 * A hand-made TCP peer, 10.0.0.2, of a host under test, 10.0.0.1. Segments are written as tcpdump
 * and packetdrill do: {@code "S. 0:0(0) ack 1"}; flags are of {@code S F R P .}. Numbers are
 * relative to the initial ones of each side; the peer's is {@link #PEER_ISS}.
 */
public final class TcpWire {

  public static final String HOST = "10.0.0.1";
  public static final String PEER = "10.0.0.2";
  public static final int PEER_ISS = 0xffff_ff00;

  private static final String FLAGS = "FSRP.";

  public final Wire wire = new Wire(HOST + "/24");

  private final TcpView view = new TcpView();
  private int hostPort;
  private int peerPort;
  private int hostIss;
  private boolean hostIssKnown;
  private int window = 65_535;

  public TcpWire(int hostPort, int peerPort) {
    this.hostPort = hostPort;
    this.peerPort = peerPort;
    wire.know(PEER, wire.eth0);
  }

  /** What the peer's segments advertise from now on. */
  public TcpWire window(int octets) {
    window = octets;
    return this;
  }

  /** The peer sends a segment without data; a SYN carries an MSS of 1460. */
  public void send(String flags, int sequence, int ack) {
    send(flags, sequence, ack, "");
  }

  public void send(String flags, int sequence, int ack, String data) {
    int bits = bits(flags);
    boolean syn = (bits & TcpView.SYN) != 0;
    int header = TcpView.HEADER_LENGTH + (syn ? 4 : 0);
    byte[] payload = data.getBytes(StandardCharsets.US_ASCII);
    byte[] segment = new byte[header + payload.length];
    if (syn) {
      byte[] mss = {2, 4, 1460 >> 8, (byte) 1460};
      System.arraycopy(mss, 0, segment, TcpView.HEADER_LENGTH, mss.length);
    }
    System.arraycopy(payload, 0, segment, header, payload.length);
    TcpView.emitHeader(
        segment,
        0,
        segment.length,
        address(PEER),
        address(HOST),
        peerPort,
        hostPort,
        PEER_ISS + sequence,
        (bits & TcpView.ACK) == 0 ? 0 : hostIss + ack,
        header,
        bits,
        window,
        0);
    wire.sendPacket(packet(PEER, HOST, 6, segment));
  }

  private static int bits(String flags) {
    int bits = 0;
    for (int i = 0; i < FLAGS.length(); i++) {
      if (flags.indexOf(FLAGS.charAt(i)) >= 0) {
        bits |= 1 << i;
      }
    }
    return bits;
  }

  /** The host's next frame must be this segment. */
  public void expect(String segment) {
    byte[] frame = wire.next();
    assertThat(view.wrap(frame, 34, frame.length - 34, address(HOST), address(PEER)))
        .as("a valid segment")
        .isTrue();
    if (view.isSyn() && !hostIssKnown) {
      hostIss = view.sequenceNumber();
      hostPort = view.sourcePort();
      hostIssKnown = true;
    }
    assertThat(line()).isEqualTo(segment);
  }

  private String line() {
    StringBuilder flags = new StringBuilder();
    for (int i : new int[] {1, 0, 2, 3, 4}) {
      if ((view.flags() & 1 << i) != 0) {
        flags.append(FLAGS.charAt(i));
      }
    }
    int sequence = view.sequenceNumber() - hostIss;
    int length = view.payloadLength();
    String ack =
        view.isAck()
            ? " ack " + Integer.toUnsignedString(view.acknowledgmentNumber() - PEER_ISS)
            : "";
    return flags + " " + sequence + ":" + (sequence + length) + "(" + length + ")" + ack;
  }

  public void expectNothing() {
    wire.expectNothing();
  }

  /** Lets time pass until so many milliseconds after the beginning. */
  public void at(long millis) {
    wire.at(millis);
  }
}

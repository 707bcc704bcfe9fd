package dev.dockwire.stack.tcp.script;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * TCP options as text, separated by commas: {@code mss 1460}, {@code wscale 7}, {@code sackOK},
 * {@code sack 3:4 7:9}, {@code ts 1000 ecr 5}, {@code nop}, {@code eol}, and {@code raw 1e03ff} for
 * whatever else. Their order is the order on the wire.
 */
final class OptionText {

  private static final int EOL = 0;
  private static final int NOP = 1;
  private static final int MSS = 2;
  private static final int WSCALE = 3;
  private static final int SACK_OK = 4;
  private static final int SACK = 5;
  private static final int STAMPS = 8;

  private OptionText() {}

  static List<String> items(String options) {
    return options.isBlank() ? List.of() : Arrays.asList(options.strip().split("\\s*,\\s*"));
  }

  /** The octets of options that the peer sends, padded to whole words. */
  static byte[] emit(String options, PeerConnection peer, long now) {
    ByteBuffer octets = ByteBuffer.allocate(64);
    for (String item : items(options)) {
      emitOne(new Words(item), octets, peer, now);
    }
    return Arrays.copyOf(octets.array(), octets.position() + 3 & ~3);
  }

  private static void emitOne(Words words, ByteBuffer to, PeerConnection peer, long now) {
    String kind = words.next("an option");
    switch (kind) {
      case "eol" -> to.put((byte) EOL);
      case "nop" -> to.put((byte) NOP);
      case "mss" -> to.put(new byte[] {MSS, 4}).putShort((short) words.number("mss"));
      case "wscale" -> to.put(new byte[] {WSCALE, 3, (byte) words.number("wscale")});
      case "sackOK" -> to.put(new byte[] {SACK_OK, 2});
      case "ts" -> {
        int stamp = words.accept("now") ? peer.clock(now) : (int) words.number("ts");
        int echo = words.accept("ecr") ? peer.hostStamp((int) words.number("ecr")) : peer.echo();
        to.put(new byte[] {STAMPS, 10}).putInt(stamp).putInt(echo);
      }
      case "sack" -> {
        int start = to.position();
        to.put(new byte[] {SACK, 2});
        while (words.hasNext()) {
          for (String edge : words.next("a block").split(":")) {
            to.putInt(peer.hostNumber(Long.parseLong(edge)));
          }
        }
        to.put(start + 1, (byte) (to.position() - start));
      }
      case "raw" -> to.put(HexFormat.of().parseHex(words.next("octets")));
      default -> throw new IllegalArgumentException("there is no option " + kind);
    }
    words.end();
  }

  /** Says what options the host has sent. */
  static String read(byte[] bytes, int offset, int length, PeerConnection peer) {
    ByteBuffer octets = ByteBuffer.wrap(bytes, offset, length);
    StringBuilder text = new StringBuilder();
    while (octets.hasRemaining()) {
      text.append(text.isEmpty() ? "" : ", ").append(readOne(octets, peer));
    }
    return text.toString();
  }

  private static String readOne(ByteBuffer octets, PeerConnection peer) {
    int kind = octets.get();
    if (kind == EOL || kind == NOP) {
      return kind == EOL ? "eol" : "nop";
    }
    int end = octets.position() - 1 + octets.get();
    String text =
        switch (kind) {
          case MSS -> "mss " + Short.toUnsignedInt(octets.getShort());
          case WSCALE -> "wscale " + octets.get();
          case SACK_OK -> "sackOK";
          case STAMPS -> "ts " + peer.hostStampRead(octets.getInt()) + " ecr " + octets.getInt();
          case SACK -> {
            StringBuilder blocks = new StringBuilder("sack");
            while (octets.position() < end) {
              blocks.append(' ').append(peer.peerRelative(octets.getInt()));
              blocks.append(':').append(peer.peerRelative(octets.getInt()));
            }
            yield blocks.toString();
          }
          default -> "kind " + kind;
        };
    octets.position(end);
    return text;
  }

  /**
   * Padding counts only if it is expected, and of timestamps what is written; if none are, only
   * whether a SYN has them.
   */
  static boolean matches(String expected, String came, boolean syn) {
    List<String> wanted = items(expected);
    boolean withPadding = wanted.stream().anyMatch(OptionText::isPadding);
    boolean withStamps = syn || wanted.stream().anyMatch(OptionText::isStamp);
    List<String> got =
        items(came).stream()
            .filter(item -> withPadding || !isPadding(item))
            .filter(item -> withStamps || !isStamp(item))
            .toList();
    if (wanted.size() != got.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!matchesOne(wanted.get(i), got.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesOne(String wanted, String got) {
    if (wanted.startsWith("ts ecr ")) {
      return got.startsWith("ts ") && got.endsWith(wanted.substring(2));
    }
    boolean half = wanted.equals("ts") || wanted.startsWith("ts ") && !wanted.contains(" ecr ");
    return got.equals(wanted) || half && got.startsWith(wanted + " ");
  }

  private static boolean isStamp(String item) {
    return item.equals("ts") || item.startsWith("ts ");
  }

  private static boolean isPadding(String item) {
    return item.equals("nop") || item.equals("eol");
  }
}

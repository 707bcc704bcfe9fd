package dev.dockwire.capture.text;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.NetworkOrder;

/**
 * The text of one frame after another. What can be told of a frame may depend on those before it:
 * TCP's sequence numbers count from where a conversation began.
 */
public final class FrameText {

  private final TextStyle style;
  private final TcpConversations conversations = new TcpConversations();

  public FrameText(TextStyle style) {
    this.style = style;
  }

  /**
   * Appends the text of an Ethernet frame.
   *
   * @param captured how many octets of it there are from {@code offset} on
   * @param length how many it had on the wire
   */
  public void append(StringBuilder text, byte[] bytes, int offset, int captured, int length) {
    Line line = new Line(text, style, conversations);
    try {
      EthernetText.append(line, new Octets(bytes, offset, offset + captured), length);
    } catch (CutShort _) {
      line.cutShort();
    }
  }

  /**
   * How many octets of the frame that begins at {@code offset} are its link header, tags and all.
   */
  public static int linkHeaderLength(byte[] bytes, int offset, int captured) {
    int length = EthernetView.HEADER_LENGTH;
    while (length <= captured
        && NetworkOrder.short16(bytes, offset + length - 2) == EthernetView.TYPE_VLAN) {
      length += EthernetView.TAG_LENGTH;
    }
    return Math.min(length, captured);
  }

  /**
   * Appends the text of an Ethernet frame as it is told when listening on {@code any}: of the link
   * header there is only who sent it.
   *
   * @param interfaceIndex the number of the interface the frame was seen at
   */
  public void appendCooked(
      StringBuilder text, int interfaceIndex, byte[] bytes, int offset, int captured, int length) {
    Line line = new Line(text, style, conversations);
    try {
      Octets frame = new Octets(bytes, offset, offset + captured);
      EthernetText.appendCooked(line, interfaceIndex, frame, length);
    } catch (CutShort _) {
      line.cutShort();
    }
  }
}

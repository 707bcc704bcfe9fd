package dev.dockwire.capture.text;

import java.util.Locale;

/** The text of one frame while it is written, and what the writers need to know. */
final class Line {

  final StringBuilder text;
  final TextStyle style;
  final TcpConversations conversations;

  /** Which header is being read: what is said to be cut short if it is. */
  private String protocol = "";

  Line(StringBuilder text, TextStyle style, TcpConversations conversations) {
    this.text = text;
    this.style = style;
    this.conversations = conversations;
  }

  Line append(String words) {
    text.append(words);
    return this;
  }

  Line append(long number) {
    text.append(number);
    return this;
  }

  Line format(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values));
    return this;
  }

  void enter(String newProtocol) {
    protocol = newProtocol;
  }

  /** Says that the header in hand is not all there. */
  void cutShort() {
    text.append(" [|").append(protocol).append(']');
  }

  Names names() {
    return style.names();
  }

  boolean isVerbose() {
    return style.isVerbose();
  }
}

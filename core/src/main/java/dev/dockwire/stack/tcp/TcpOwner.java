package dev.dockwire.stack.tcp;

/** Whoever uses a {@link TcpConnection}, called on the stack's thread. */
public interface TcpOwner {

  /** Owns what nobody wants any more. */
  TcpOwner NOBODY =
      new TcpOwner() {
        @Override
        public void onConnected(long now) {}

        @Override
        public void onReadable(long now) {}

        @Override
        public void onWritable(long now) {}

        @Override
        public void onClosed(CloseReason reason, long now) {}
      };

  void onConnected(long now);

  /** Octets, or the end of the stream, can be read. */
  void onReadable(long now);

  /** There is room in the send buffer again. */
  void onWritable(long now);

  /** The peer has acknowledged everything that was written, the FIN too if there was one. */
  default void onDrained(long now) {}

  /** Nothing more will happen. */
  void onClosed(CloseReason reason, long now);
}

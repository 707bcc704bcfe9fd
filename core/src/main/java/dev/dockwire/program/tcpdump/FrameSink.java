package dev.dockwire.program.tcpdump;

import dev.dockwire.capture.CapturedFrame;

/** Where the frames go: to be printed, or to a file. */
interface FrameSink {

  /**
   * Takes a frame.
   *
   * @param interfaceIndex the number of the interface it was seen at, where there are several; else
   *     0
   */
  void take(CapturedFrame frame, int interfaceIndex);

  /** There is no further frame for the moment. */
  default void pause() {}

  /** There is no further frame at all. */
  default void end() {}
}

package dev.dockwire.fabric;

import dev.dockwire.link.FrameSlot;

/** Somebody who looks at every frame after the far end has settled its fate: a capture. */
public interface FrameObserver {

  /** Looks at one frame; borrows it until the call returns. */
  void onFrame(FrameSlot frame);

  /** There is no further frame for the moment: a good time to write what was gathered. */
  void onPause();
}

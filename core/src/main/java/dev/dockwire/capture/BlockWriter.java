package dev.dockwire.capture;

import java.util.Optional;

/** What all formats have in common: their blocks go to a {@link BlockOutput}, which may stop. */
abstract sealed class BlockWriter implements CaptureWriter permits PcapngWriter, PcapWriter {

  final BlockOutput file;

  BlockWriter(BlockOutput file) {
    this.file = file;
  }

  @Override
  public boolean hasRoom() {
    return file.hasRoom();
  }

  @Override
  public void flush() {
    file.flush();
  }

  @Override
  public Optional<String> problem() {
    return file.problem();
  }

  @Override
  public boolean isStopped() {
    return file.isStopped();
  }

  @Override
  public void close() {
    file.close();
  }
}

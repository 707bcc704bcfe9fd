package dev.dockwire.host;

import java.util.Arrays;

/** Writes to the end of a file. */
public final class FileOutput implements Output {

  private final FileTree files;
  private final String path;

  /**
   * Opens a file for writing; it is made if need be.
   *
   * @param append whether what it holds is kept
   * @throws SystemCallException ENOENT, ENOTDIR, EISDIR, ENOSPC
   */
  public FileOutput(FileTree files, String path, boolean append) {
    this.files = files;
    this.path = path;
    files.write(path, new byte[0], append);
  }

  @Override
  public void write(Process writer, byte[] bytes, int offset, int length) {
    files.write(path, Arrays.copyOfRange(bytes, offset, offset + length), true);
  }
}

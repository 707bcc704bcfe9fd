package dev.dockwire.host;

/** Reads a file from its beginning, as it is when it is opened. */
public final class FileInput implements Input {

  private final byte[] content;
  private int position;

  /**
   * @throws SystemCallException ENOENT, EISDIR
   */
  public FileInput(FileTree files, String path) {
    this.content = files.read(path);
  }

  @Override
  public int read(Process reader, byte[] buffer, int offset, int length) {
    int count = Math.min(length, content.length - position);
    if (count == 0) {
      return -1;
    }
    System.arraycopy(content, position, buffer, offset, count);
    position += count;
    return count;
  }
}

package dev.dockwire.bench;

/** Something that grows, and can be asked to move frames whatever its size: what a curve is of. */
interface Load extends AutoCloseable {

  /** Makes it this large; never smaller than it is. */
  void grow(int size) throws Exception;

  int size();

  /**
   * Has some of it do its work once; returns how many.
   *
   * @param taking how many of it at most take part, in turn
   */
  int burst(int taking);

  /** How many frames have been sent altogether. */
  long frames();

  @Override
  void close();
}

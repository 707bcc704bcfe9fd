package dev.dockwire.capture.text;

/**
 * What is printed of a frame.
 *
 * @param linkHeader the Ethernet header too: {@code -e}
 * @param verbosity how many {@code -v}
 * @param quiet less about protocols: {@code -q}
 * @param absoluteSequence TCP sequence numbers as they are: {@code -S}
 * @param oneLine for a list of frames: {@code (frag ID:LENGTH@OFFSET+)} behind a fragment, as older
 *     tcpdumps had it, and no octets under a frame of an unknown type
 */
public record TextStyle(
    boolean linkHeader,
    int verbosity,
    boolean quiet,
    boolean absoluteSequence,
    boolean oneLine,
    Names names) {

  /** What {@code tcpdump -n} prints. */
  public static final TextStyle NUMERIC = new TextStyle(false, 0, false, false, false, Names.NONE);

  public TextStyle withLinkHeader(boolean shown) {
    return new TextStyle(shown, verbosity, quiet, absoluteSequence, oneLine, names);
  }

  public TextStyle withVerbosity(int newVerbosity) {
    return new TextStyle(linkHeader, newVerbosity, quiet, absoluteSequence, oneLine, names);
  }

  public TextStyle withQuiet(boolean nowQuiet) {
    return new TextStyle(linkHeader, verbosity, nowQuiet, absoluteSequence, oneLine, names);
  }

  public TextStyle withAbsoluteSequence(boolean absolute) {
    return new TextStyle(linkHeader, verbosity, quiet, absolute, oneLine, names);
  }

  public TextStyle withOneLine(boolean shown) {
    return new TextStyle(linkHeader, verbosity, quiet, absoluteSequence, shown, names);
  }

  public TextStyle withNames(Names newNames) {
    return new TextStyle(linkHeader, verbosity, quiet, absoluteSequence, oneLine, newNames);
  }

  boolean isVerbose() {
    return verbosity > 0;
  }
}

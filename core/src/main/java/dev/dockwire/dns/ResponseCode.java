package dev.dockwire.dns;

/** What became of a question (RFC 1035, section 4.1.1; RFC 6891, section 9). */
public final class ResponseCode {

  public static final int NOERROR = 0;
  public static final int FORMERR = 1;
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;
  public static final int NOTIMP = 4;
  public static final int REFUSED = 5;

  /** The version of EDNS is not known: the lower four bits are in the header, the rest in OPT. */
  public static final int BADVERS = 16;

  private static final String[] NAMES = {
    "NOERROR",
    "FORMERR",
    "SERVFAIL",
    "NXDOMAIN",
    "NOTIMP",
    "REFUSED",
    "YXDOMAIN",
    "YXRRSET",
    "NXRRSET",
    "NOTAUTH",
    "NOTZONE"
  };

  private ResponseCode() {}

  /** What tools call a code; its number if it has no name. */
  public static String name(int code) {
    return code < NAMES.length ? NAMES[code] : Integer.toString(code);
  }
}

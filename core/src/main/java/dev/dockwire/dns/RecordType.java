package dev.dockwire.dns;

/** The numbers of record types, of the one class, and of what a response can say. */
public final class RecordType {

  public static final int A = 1;
  public static final int NS = 2;
  public static final int CNAME = 5;
  public static final int SOA = 6;
  public static final int PTR = 12;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int OPT = 41;
  public static final int ANY = 255;

  /** The Internet's class. */
  public static final int IN = 1;

  private RecordType() {}
}

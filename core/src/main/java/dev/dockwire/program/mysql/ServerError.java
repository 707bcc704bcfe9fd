package dev.dockwire.program.mysql;

/**
 * An error as the protocol carries it.
 *
 * @param code MySQL's number, as in 1045
 * @param sqlState five characters, as in 28000
 */
public record ServerError(int code, String sqlState, String message) {

  public static final ServerError BAD_HANDSHAKE = new ServerError(1043, "08S01", "Bad handshake");
  public static final ServerError UNKNOWN_COMMAND =
      new ServerError(1047, "08S01", "Unknown command");
  public static final ServerError TOO_MANY_CONNECTIONS =
      new ServerError(1040, "08004", "Too many connections");
  public static final ServerError PACKET_TOO_LARGE =
      new ServerError(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes");
  public static final ServerError OUT_OF_ORDER =
      new ServerError(1156, "08S01", "Got packets out of order");
  public static final ServerError MALFORMED =
      new ServerError(1835, "HY000", "Malformed communication packet.");
  public static final ServerError NO_DATABASE =
      new ServerError(1046, "3D000", "No database selected");
  public static final ServerError LOCK_WAIT_TIMEOUT =
      new ServerError(1205, "HY000", "Lock wait timeout exceeded; try restarting transaction");

  /** The payload of an ERR packet. */
  public byte[] toPayload() {
    return new PayloadWriter().int1(0xff).int2(code).text("#" + sqlState).text(message).toBytes();
  }

  /** As the client prints it. */
  @Override
  public String toString() {
    return "ERROR " + code + " (" + sqlState + "): " + message;
  }
}

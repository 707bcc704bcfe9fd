package dev.dockwire.capture.text;

/** How an IPv6 address is written: RFC 5952. */
final class Ipv6Text {

  private static final int GROUPS = 8;

  private Ipv6Text() {}

  /** The address in the first 16 octets. */
  static String address(Octets octets) {
    int[] groups = new int[GROUPS];
    int longest = 0;
    int longestAt = -1;
    int run = 0;
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = octets.short16(2 * i);
      run = groups[i] == 0 ? run + 1 : 0;
      if (run > longest && run > 1) {
        longest = run;
        longestAt = i - run + 1;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == longestAt) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}

package dev.dockwire.program.iperf;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What client and server agree on before a test.
 *
 * @param seconds how long to send; 0 if {@code octets} says when to stop
 * @param octets how much to send, all streams together
 * @param blockSize octets in a write, or in a datagram
 * @param bitsPerSecond how fast a stream may send; 0 for as fast as it can
 * @param window the size of the client's socket buffers; 0 for the usual one
 */
record TestParameters(
    boolean udp,
    int seconds,
    long octets,
    int parallel,
    boolean reverse,
    int window,
    int blockSize,
    long bitsPerSecond) {

  private static final int MAX_PARALLEL = 128;
  private static final int MAX_BLOCK = 1 << 20;

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(udp ? "udp" : "tcp", true);
    json.put("omit", 0);
    json.put("time", seconds);
    json.put("num", octets);
    json.put("blockcount", 0);
    json.put("parallel", parallel);
    if (reverse) {
      json.put("reverse", true);
    }
    if (window > 0) {
      json.put("window", window);
    }
    json.put("len", blockSize);
    if (bitsPerSecond > 0) {
      json.put("bandwidth", bitsPerSecond);
    }
    json.put("pacing_timer", 1_000);
    json.put("client_version", Iperf3.VERSION);
    return json;
  }

  static TestParameters fromJson(Map<String, Object> json) {
    int blockSize = (int) Json.number(json, "len");
    long blocks = (long) Json.number(json, "blockcount");
    return new TestParameters(
        Json.isTrue(json, "udp"),
        (int) Json.number(json, "time"),
        Math.max((long) Json.number(json, "num"), blocks * blockSize),
        Math.clamp((int) Json.number(json, "parallel"), 1, MAX_PARALLEL),
        Json.isTrue(json, "reverse"),
        (int) Json.number(json, "window"),
        Math.clamp(blockSize, 16, MAX_BLOCK),
        (long) Json.number(json, "bandwidth"));
  }
}

package dev.dockwire.program.iperf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one side has to say of a stream when a test is over, and tells the other side.
 *
 * @param resends negative if that side does not know
 */
record Summary(
    int id, long octets, long resends, double jitterSeconds, long lost, long packets, double end) {

  static List<Summary> of(List<DataStream> streams, boolean knowsResends) {
    return streams.stream()
        .map(
            stream ->
                new Summary(
                    stream.id(),
                    stream.octets(),
                    knowsResends ? stream.resends() : -1,
                    stream.jitterSeconds(),
                    stream.lost(),
                    stream.packets(),
                    stream.end()))
        .toList();
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("bytes", octets);
    json.put("retransmits", resends);
    json.put("jitter", jitterSeconds);
    json.put("errors", lost);
    json.put("packets", packets);
    json.put("start_time", 0);
    json.put("end_time", end);
    return json;
  }

  static Summary fromJson(Map<String, Object> stream) {
    return new Summary(
        (int) Json.number(stream, "id"),
        (long) Json.number(stream, "bytes"),
        (long) Json.number(stream, "retransmits"),
        Json.number(stream, "jitter"),
        (long) Json.number(stream, "errors"),
        (long) Json.number(stream, "packets"),
        Json.number(stream, "end_time"));
  }

  double bitsPerSecond() {
    return end > 0 ? octets * 8 / end : 0;
  }

  /** All streams together. */
  static Summary sum(List<Summary> summaries) {
    return new Summary(
        0,
        summaries.stream().mapToLong(Summary::octets).sum(),
        summaries.stream().mapToLong(Summary::resends).sum(),
        summaries.stream().mapToDouble(Summary::jitterSeconds).average().orElse(0),
        summaries.stream().mapToLong(Summary::lost).sum(),
        summaries.stream().mapToLong(Summary::packets).sum(),
        summaries.stream().mapToDouble(Summary::end).max().orElse(0));
  }
}

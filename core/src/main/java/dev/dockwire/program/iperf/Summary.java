package dev.dockwire.program.iperf;

import java.util.ArrayList;
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

  /** The message that carries them. */
  static Map<String, Object> toJson(List<Summary> summaries, boolean knowsResends) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu_util_total", 0);
    json.put("cpu_util_user", 0);
    json.put("cpu_util_system", 0);
    json.put("sender_has_retransmits", knowsResends ? 1 : -1);
    json.put("congestion_used", "cubic");
    json.put("streams", summaries.stream().map(Summary::toJson).toList());
    return json;
  }

  private Map<String, Object> toJson() {
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

  static List<Summary> fromJson(Map<String, Object> json) {
    List<Summary> summaries = new ArrayList<>();
    for (Map<String, Object> stream : Json.objects(json, "streams")) {
      summaries.add(
          new Summary(
              (int) Json.number(stream, "id"),
              (long) Json.number(stream, "bytes"),
              (long) Json.number(stream, "retransmits"),
              Json.number(stream, "jitter"),
              (long) Json.number(stream, "errors"),
              (long) Json.number(stream, "packets"),
              Json.number(stream, "end_time")));
    }
    return summaries;
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

package dev.dockwire.program.iperf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one side tells the other when a test is over.
 *
 * @param knowsResends whether it has sent by TCP, and so knows what it has sent again
 * @param congestionControl how its connections share the path
 */
record ExchangedResults(List<Summary> streams, boolean knowsResends, String congestionControl) {

  private static final String CONGESTION_CONTROL = "congestion_used";

  /** The message that carries them. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu_util_total", 0);
    json.put("cpu_util_user", 0);
    json.put("cpu_util_system", 0);
    json.put("sender_has_retransmits", knowsResends ? 1 : -1);
    json.put(CONGESTION_CONTROL, congestionControl);
    json.put("streams", streams.stream().map(Summary::toJson).toList());
    return json;
  }

  static ExchangedResults fromJson(Map<String, Object> json) {
    List<Summary> streams = new ArrayList<>();
    for (Map<String, Object> stream : Json.objects(json, "streams")) {
      streams.add(Summary.fromJson(stream));
    }
    boolean knowsResends = Json.number(json, "sender_has_retransmits") > 0;
    return new ExchangedResults(streams, knowsResends, Json.text(json, CONGESTION_CONTROL));
  }
}

package dev.dockwire.program.iperf;

import dev.dockwire.host.Process;
import dev.dockwire.program.iperf.DataStream.Interval;
import java.util.ArrayList;
import java.util.List;

/** One side's report of one test, in the form that was asked for. */
final class Results {

  private final Process self;
  private final TestParameters parameters;
  private final boolean isClient;
  private final boolean sends;
  private final List<DataStream> streams;
  private final TextReport text;
  private final JsonReport json;
  private final boolean asJson;

  Results(
      Process self,
      TestParameters parameters,
      boolean isClient,
      List<DataStream> streams,
      JsonReport json,
      boolean asJson) {
    this.self = self;
    this.parameters = parameters;
    this.isClient = isClient;
    this.sends = isClient != parameters.reverse();
    this.streams = streams;
    this.text = new TextReport(self, parameters, isClient, sends);
    this.json = json;
    this.asJson = asJson;
  }

  void begin() {
    if (asJson) {
      json.begin(parameters, streams);
    } else {
      streams.forEach(text::connected);
    }
  }

  void interval(List<Interval> intervals) {
    if (asJson) {
      json.interval(streams, intervals, parameters.udp(), sends);
    } else {
      text.interval(streams, intervals);
    }
  }

  /** Shows the end of a test; a server shows only its own side. */
  void end(ExchangedResults own, ExchangedResults others) {
    List<Summary> matching = matching(own.streams(), others.streams());
    List<Summary> sent = sends ? own.streams() : matching;
    List<Summary> received = sends ? matching : own.streams();
    if (asJson) {
      json.results(
          streams,
          sent,
          received,
          parameters.udp(),
          sends,
          (sends ? own : others).congestionControl(),
          (sends ? others : own).congestionControl());
      self.print(json.text(""));
    } else {
      text.results(
          streams, isClient || sends ? sent : List.of(), isClient || !sends ? received : List.of());
    }
  }

  private static List<Summary> matching(List<Summary> own, List<Summary> others) {
    List<Summary> matching = new ArrayList<>();
    for (Summary each : own) {
      others.stream().filter(other -> other.id() == each.id()).findFirst().ifPresent(matching::add);
    }
    return matching;
  }
}

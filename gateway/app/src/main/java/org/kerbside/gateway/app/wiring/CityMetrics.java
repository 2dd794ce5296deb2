package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.kerbside.gateway.app.flow.Integrations.Standing;
import org.kerbside.gateway.model.Metric.Figure;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.Uplink;

/**
 * The way to the city, and to the sinks beside it.
 *
 * @param sinks how each stands
 */
record CityMetrics(Uplink uplink, Supplier<List<Standing>> sinks) implements Metrics.Part {

  @Override
  public void addTo(MetricList all) {
    uplink(all);
    integrations(all);
  }

  private void uplink(MetricList all) {
    var view = uplink.view();
    all.gauge(
        "uplink_connected",
        "Whether the city's broker is connected.",
        view.state() == UplinkView.State.CONNECTED ? 1 : 0);
    all.by(
        "uplink_connects_total",
        COUNTER,
        "Attempts to connect to the city's broker: that stood, or failed.",
        "result",
        Map.of("stood", uplink.connects(), "failed", uplink.failures()));
    all.counter(
        "uplink_bytes_total",
        "What the way to the city carried, both ways, with what IP and TCP put around it, reckoned.",
        uplink.bytes());
    var used = uplink.budgetUsed();
    if (used != null) {
      all.gauge(
          "uplink_budget_used_ratio", "The used part of the month's uplink: { budget }.", used);
    }
    all.counter(
        "uplink_acknowledge_seconds_total",
        "How long frames were under way until the broker answered, all in all.",
        uplink.answering().toNanos() / 1e9);
    var frames = new ArrayList<Figure>();
    for (var topic : uplink.frames()) {
      frames.add(frame(topic.topic(), "taken", topic.taken()));
      frames.add(frame(topic.topic(), "refused", topic.refused()));
    }
    all.add("uplink_frames_total", COUNTER, "Frames that the city's broker has answered.", frames);
  }

  private static Figure frame(String topic, String result, long number) {
    return new Figure(Map.of("topic", topic, "result", result), number);
  }

  /** What a sink beside the city did not take, the city has. */
  private void integrations(MetricList all) {
    var sent = new LinkedHashMap<String, Double>();
    var lost = new LinkedHashMap<String, Double>();
    for (var each : sinks.get()) {
      sent.put(each.name(), (double) each.sent());
      lost.put(each.name(), (double) each.lost());
    }
    if (!sent.isEmpty()) {
      all.by("integration_sent_total", COUNTER, "Events a sink took.", "integration", sent);
      all.by("integration_lost_total", COUNTER, "Copies it lost.", "integration", lost);
    }
  }
}

package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.Metric.Figure;

/** What the page counts of itself, for the scrape. Thread-safe. */
final class Tally {

  private static final String PREFIX = "kerbside_page_";

  /** What came of somebody who wanted in. */
  enum Login {
    IN("in"),
    WRONG("wrong"),
    UNREAD("unread"),
    LOCKED("locked"),
    CLOSED("closed");

    private final String word;

    Login(String word) {
      this.word = word;
    }
  }

  private final Map<String, LongAdder> requests = adders(List.of("2xx", "3xx", "4xx", "5xx"));
  private final Map<String, LongAdder> logins =
      adders(List.of(Login.values()).stream().map(login -> login.word).toList());
  private final LongAdder renders = new LongAdder();
  private final LongAdder rendering = new LongAdder(); // ns

  void answered(int status) {
    count(requests, status / 100 + "xx");
  }

  void wanted(Login login) {
    count(logins, login.word);
  }

  void rendered(Duration took) {
    renders.increment();
    rendering.add(took.toNanos());
  }

  /**
   * All of it.
   *
   * @param streams that are open now
   */
  List<Metric> metrics(int streams) {
    var all = new ArrayList<Metric>();
    all.add(plain("streams", Metric.Type.GAUGE, "Open pages that are told what changes.", streams));
    all.add(by("requests_total", "Requests answered.", "status", requests));
    all.add(
        plain(
            "renders_total",
            Metric.Type.COUNTER,
            "Screens drawn for a request.",
            renders.doubleValue()));
    all.add(
        plain(
            "render_seconds_total",
            Metric.Type.COUNTER,
            "How long that took in all.",
            rendering.doubleValue() / 1e9));
    all.add(by("logins_total", "What came of who wanted in.", "result", logins));
    return all;
  }

  private static Metric plain(String name, Metric.Type type, String help, double number) {
    return new Metric(PREFIX + name, type, help, List.of(new Figure(Map.of(), number)));
  }

  private static Metric by(String name, String help, String label, Map<String, LongAdder> counts) {
    var figures = new ArrayList<Figure>();
    counts.forEach(
        (word, count) -> figures.add(new Figure(Map.of(label, word), count.doubleValue())));
    return new Metric(PREFIX + name, Metric.Type.COUNTER, help, figures);
  }

  private static void count(Map<String, LongAdder> counts, String word) {
    var count = counts.get(word);
    if (count != null) {
      count.increment();
    }
  }

  private static Map<String, LongAdder> adders(List<String> words) {
    var adders = new LinkedHashMap<String, LongAdder>();
    words.forEach(word -> adders.put(word, new LongAdder()));
    return adders;
  }
}

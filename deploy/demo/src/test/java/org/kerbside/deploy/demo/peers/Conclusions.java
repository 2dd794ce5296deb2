package org.kerbside.deploy.demo.peers;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a city can see of faults in what a gateway publishes, one line each: {@code bin-1/fill no
 * echo}, {@code bin-1/fill long ago}, {@code bin-1/bin-burning raised}, {@code malformed coap/2};
 * and of counters {@code bin-1/emptied 1} and, which must never be, {@code lamp-1/energy fell}.
 */
final class Conclusions {

  private static final Pattern RECORD = Pattern.compile("\\{[^{}]*}");

  private static final Set<String> COUNTERS =
      Set.of("emptied", "energy", "rain", "uses", "volume", "water");

  private final Instant since;
  private final Map<String, Double> totals = new HashMap<>();
  private final Set<String> seen = new TreeSet<>();

  private Conclusions(Instant since) {
    this.since = since;
  }

  /**
   * Reads lines as mosquitto_sub prints them, topic first.
   *
   * @param since what was measured before was measured long ago
   */
  static Set<String> of(Iterable<String> lines, Instant since) {
    var conclusions = new Conclusions(since);
    for (var line : lines) {
      if (line.contains("/d {\"v\":1,")) {
        conclusions.readings(line);
      } else if (line.contains("/e {\"v\":1,")) {
        conclusions.event(line);
      }
    }
    return conclusions.seen;
  }

  /** A pack of SenML: base name and time hold on. Those that are bad stand behind it, whole. */
  private void readings(String frame) {
    int bad = frame.indexOf("\"bad\":[");
    var name = "";
    double time = 0;
    for (var records = RECORD.matcher(frame); records.find(); ) {
      var record = records.group();
      boolean isBad = bad >= 0 && records.start() > bad;
      name = isBad ? "" : record.contains("\"bn\":") ? text(record, "bn") : name;
      time = isBad ? 0 : record.contains("\"bt\":") ? number(record, "bt") : time;
      if (record.contains("\"why\":")) {
        seen.add("%s%s %s".formatted(name, text(record, "n"), text(record, "why")));
      }
      if (COUNTERS.contains(text(record, "n")) && record.contains("\"v\":")) {
        total(name + text(record, "n"), number(record, "v"));
      }
      if (time + number(record, "t") < since.getEpochSecond()) {
        seen.add("%s%s long ago".formatted(name, text(record, "n")));
      }
    }
  }

  private void total(String counter, double now) {
    var before = totals.put(counter, now);
    if (before != null && now < before) {
      seen.add(counter + " fell");
    }
    if (counter.endsWith("/emptied")) {
      seen.add("%s %.0f".formatted(counter, now));
    }
  }

  private void event(String event) {
    seen.add(
        switch (text(event, "kind")) {
          case "alarm" -> "%s %s".formatted(text(event, "id"), text(event, "change"));
          case "health" -> "%s %s".formatted(text(event, "what"), text(event, "subject"));
          default -> text(event, "kind");
        });
  }

  private static String text(String json, String key) {
    var found = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(key)).matcher(json);
    return found.find() ? found.group(1) : "";
  }

  /** 0 where it is missing. */
  private static double number(String json, String key) {
    var found = Pattern.compile("\"%s\":([-0-9.]+)".formatted(key)).matcher(json);
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }
}

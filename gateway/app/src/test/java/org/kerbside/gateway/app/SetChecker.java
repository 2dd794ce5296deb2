package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what reached the city against what the street was told. Knows the contract alone, and
 * nothing of the gateway: it drops repeats by (epoch, stream, seq) as every consumer may. Pure.
 */
final class SetChecker {

  /** Readings of these points raise and clear alarms. */
  private static final String ALARM_POINT = "/p0";

  private static final String ALARM_RULE = "/high";
  private static final double ALARM_LIMIT = 80;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What the street knows.
   *
   * @param acknowledged readings that their sensors need not tell again
   * @param unsure those that were told, and nobody said a word
   * @param commands each id with the value that no other command has
   * @param moves the values that the actuator was moved to, in order
   */
  record Street(
      Set<Said> acknowledged, Set<Said> unsure, Map<String, Double> commands, List<Double> moves) {

    boolean told(Said reading) {
      return acknowledged.contains(reading) || unsure.contains(reading);
    }
  }

  /**
   * What the city knows.
   *
   * @param frames as they came, repeats and all
   * @param starts when gateways were started, ms since 1970: an alarm's memory ends with a process
   * @param waiting frames that the last gateway still had to send when it stopped
   */
  record City(List<String> frames, List<Long> starts, long waiting) {}

  private record Track(String epoch, String stream) {}

  private record Gap(String stream, long from, long to, double first, double last) {

    boolean explains(String wanted, long seq) {
      return stream.equals(wanted) && from <= seq && seq <= to;
    }

    boolean explains(Said reading) {
      double at = reading.at() / 1e3;
      return stream.equals("d") && first <= at && at <= last;
    }
  }

  private final Street street;
  private final City city;
  private final Map<Track, TreeMap<Long, String>> tracks = new LinkedHashMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Said> readings = new ArrayList<>();
  private final List<String> unexplained = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int repeats;
  private int explained;

  private SetChecker(Street street, City city) {
    this.street = street;
    this.city = city;
  }

  static Verdict check(Street street, City city) {
    return new SetChecker(street, city).check();
  }

  private Verdict check() {
    consume();
    findHoles();
    readAll();
    judgeReadings();
    judgeAlarms();
    judgeCommands();
    if (city.waiting != 0) {
      broken.add("left to send: %d frames".formatted(city.waiting));
    }
    return new Verdict(
        street.acknowledged.size(),
        readings.size(),
        tracks.values().stream().mapToInt(Map::size).sum(),
        repeats,
        explained,
        unexplained,
        lost(),
        doubled,
        changed,
        broken);
  }

  /** Repeats go; what remains stands in order of seq. */
  private void consume() {
    for (var payload : city.frames) {
      var json = JSON.readTree(payload);
      var track = new Track(text(json, "epoch"), text(json, "stream"));
      long seq = json.get("seq").asLong();
      var first = tracks.computeIfAbsent(track, _ -> new TreeMap<>()).putIfAbsent(seq, payload);
      if (first == null) {
        continue;
      }
      repeats++;
      if (!first.equals(payload)) {
        changed.add("%s:\n  %s\n  %s".formatted(place(track, seq), first, payload));
      }
    }
    events("gap").map(SetChecker::gap).forEach(gaps::add);
  }

  private static Gap gap(JsonNode json) {
    return new Gap(
        json.path("of").asString(""),
        json.path("from").asLong(0),
        json.path("to").asLong(-1),
        json.path("first").asDouble(Double.MAX_VALUE),
        json.path("last").asDouble(-Double.MAX_VALUE));
  }

  private void findHoles() {
    tracks.forEach(
        (track, frames) -> {
          for (long seq = 1; seq < frames.lastKey(); seq++) {
            if (!frames.containsKey(seq)) {
              hole(track, seq);
            }
          }
        });
  }

  private void hole(Track track, long seq) {
    if (gaps.stream().anyMatch(gap -> gap.explains(track.stream, seq))) {
      explained++;
    } else {
      unexplained.add(place(track, seq));
    }
  }

  private static String place(Track track, long seq) {
    return "%s %d of epoch %s".formatted(track.stream, seq, track.epoch);
  }

  /** Readings of the numbered sensors, in order of seq. */
  private void readAll() {
    var points = new HashMap<String, String>(); // each name once: there are many readings
    street.acknowledged.forEach(reading -> points.putIfAbsent(reading.point(), reading.point()));
    frames("d")
        .flatMap(frame -> org.kerbside.gateway.app.City.resolve(frame.path("m")).stream())
        .forEach(
            told -> {
              var point = points.get(told.point());
              if (point != null) {
                long at = Math.round(told.time() * 1e3);
                readings.add(new Said(point, at, told.value().asDouble()));
              }
            });
  }

  private void judgeReadings() {
    var seen = new HashSet<Said>();
    var last = new HashMap<String, Said>();
    for (var reading : readings) {
      if (!seen.add(reading)) {
        doubled.add(reading.toString());
        continue;
      }
      if (!street.told(reading)) {
        broken.add("nobody told " + reading);
      }
      var before = last.put(reading.point(), reading);
      if (before != null && before.at() >= reading.at()) {
        broken.add("out of order: %s after %s".formatted(reading, before));
      }
    }
  }

  private List<String> lost() {
    var missing = new HashSet<>(street.acknowledged);
    readings.forEach(missing::remove);
    return missing.stream()
        .filter(reading -> gaps.stream().noneMatch(gap -> gap.explains(reading)))
        .map(Said::toString)
        .sorted()
        .toList();
  }

  /** Each high reading raises once, and a raised alarm is cleared, or its process died. */
  private void judgeAlarms() {
    var changes = new HashMap<String, List<JsonNode>>();
    events("alarm")
        .filter(event -> text(event, "id").endsWith(ALARM_RULE))
        .forEach(e -> changes.computeIfAbsent(text(e, "id"), _ -> new ArrayList<>()).add(e));
    var high =
        readings.stream()
            .filter(r -> r.point().endsWith(ALARM_POINT) && r.value() > ALARM_LIMIT)
            .distinct()
            .collect(Collectors.groupingBy(r -> asset(r) + ALARM_RULE));
    for (var id : high.keySet()) {
      if (!changes.containsKey(id)) {
        broken.add("alarm %s: never raised".formatted(id));
      }
    }
    changes.forEach((id, events) -> judgeAlarm(id, events, high.getOrDefault(id, List.of())));
  }

  private void judgeAlarm(String id, List<JsonNode> events, List<Said> high) {
    var raised =
        events.stream()
            .filter(event -> text(event, "change").equals("raised"))
            .map(event -> event.get("why").get(0).get("value").asDouble())
            .toList();
    var wanted = high.stream().map(Said::value).toList();
    if (!raised.equals(wanted)) {
      broken.add("alarm %s: raised by %s, expected %s".formatted(id, raised, wanted));
    }
    JsonNode before = null;
    for (var event : events) {
      if (before != null) {
        judgeChange(id, before, event);
      }
      before = event;
    }
  }

  private void judgeChange(String id, JsonNode before, JsonNode event) {
    long from = millis(before);
    long to = millis(event);
    if (to < from) {
      broken.add("alarm %s: its changes are out of order: %s".formatted(id, event));
    }
    boolean restarted = city.starts.stream().anyMatch(start -> from <= start && start <= to);
    if (text(before, "change").equals(text(event, "change")) && !restarted) {
      broken.add("alarm %s: %s twice".formatted(id, text(event, "change")));
    }
  }

  private void judgeCommands() {
    var outcomes = new HashMap<String, Set<String>>();
    events("result")
        .forEach(
            e ->
                outcomes
                    .computeIfAbsent(text(e, "id"), _ -> new HashSet<>())
                    .add(text(e, "outcome")));
    street.commands.forEach(
        (id, value) -> {
          long moved = street.moves.stream().filter(value::equals).count();
          var ends = outcomes.getOrDefault(id, Set.of());
          if (ends.size() != 1) {
            broken.add("command %s: ends %s, expected one".formatted(id, ends));
          }
          if (moved > 1) {
            broken.add("command %s: moved its actuator %d times".formatted(id, moved));
          }
          if (moved == 0 && ends.contains("done") || moved > 0 && ends.contains("rejected")) {
            broken.add("command %s: moved %d times and ended %s".formatted(id, moved, ends));
          }
        });
  }

  private Stream<JsonNode> frames(String stream) {
    return tracks.entrySet().stream()
        .filter(track -> track.getKey().stream.equals(stream))
        .flatMap(track -> track.getValue().values().stream())
        .map(JSON::readTree);
  }

  private Stream<JsonNode> events(String kind) {
    return frames("e").filter(event -> event.path("kind").asString("").equals(kind));
  }

  private static String asset(Said reading) {
    return reading.point().substring(0, reading.point().indexOf('/'));
  }

  private static long millis(JsonNode event) {
    return Math.round(event.get("at").asDouble() * 1e3);
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asString("");
  }
}

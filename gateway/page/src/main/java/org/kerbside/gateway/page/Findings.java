package org.kerbside.gateway.page;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of taking an asset into service found so far, as their address carries it: so
 * going back always works, and nothing is kept here. Belongs to one request.
 */
final class Findings {

  /** What the tape says to the floor and to where it counts as full, in centimetres. */
  static final String HEIGHT = "height";

  static final String FULL = "full";

  /** What the sensor says of the floor, in metres. */
  static final String FAR = "far";

  /** What the tape says of the nearer thing, in centimetres, and the sensor, in metres. */
  static final String NEAR = "near";

  static final String SEEN = "seen";

  /** From the least to the greatest of what was taken for one, in metres; the worse of the two. */
  static final String SPREAD = "spread";

  /** When the sensor was asked last, and when the walk began: up, in milliseconds. */
  static final String ASKED = "asked";

  static final String SINCE = "since";

  /** The frame that has for certain what was seen at the walk. */
  static final String MARK = "mark";

  private static final List<String> ALL =
      List.of(HEIGHT, FULL, FAR, NEAR, SEEN, SPREAD, ASKED, SINCE, MARK);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}([.][0-9]{1,6})?");

  private final SequencedMap<String, String> texts = new LinkedHashMap<>();

  /** Those of them that are numbers. */
  static Findings of(Context context) {
    var findings = new Findings();
    for (var name : ALL) {
      var asked = context.queryParam(name);
      var text = asked == null ? context.formParam(name) : asked;
      if (text != null && NUMBER.matcher(text).matches()) {
        findings.texts.put(name, text);
      }
    }
    return findings;
  }

  boolean has(String name) {
    return texts.containsKey(name);
  }

  void metres(String name, double metres) {
    texts.put(name, String.format(Locale.ROOT, "%.3f", metres));
  }

  void whole(String name, long number) {
    texts.put(name, Long.toString(number));
  }

  /** 0 where it is not there. */
  double number(String name) {
    return Double.parseDouble(texts.getOrDefault(name, "0"));
  }

  Duration up(String name) {
    return Duration.ofMillis((long) number(name));
  }

  String query() {
    var query = new StringBuilder();
    texts.forEach((name, text) -> query.append('&').append(name).append('=').append(text));
    return query.toString();
  }

  /** For the form of the next step. */
  List<Kept.Field> fields() {
    return texts.entrySet().stream()
        .map(entry -> new Kept.Field(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Null until both are taken. */
  @Nullable TwoPoints points() {
    return texts.keySet().containsAll(List.of(HEIGHT, FAR, NEAR, SEEN))
        ? new TwoPoints(number(HEIGHT) / 100, number(FAR), number(NEAR) / 100, number(SEEN))
        : null;
  }

  /** Where the sensor says empty, and where it would say full. */
  SequencedMap<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    var points = points();
    if (points != null && points.trouble() == null && has(FULL)) {
      settings.put("empty", String.format(Locale.ROOT, "%.1fcm", points.seenFar() * 100));
      settings.put(
          "full", String.format(Locale.ROOT, "%.1fcm", points.seenAt(number(FULL) / 100) * 100));
    }
    return settings;
  }

  /** What goes to the city: both distances by tape and by sensor, and the line through them. */
  SequencedMap<String, String> told() {
    var told = new LinkedHashMap<String, String>();
    var points = points();
    if (points != null) {
      told.put("tape", String.format(Locale.ROOT, "%.2fm, %.2fm", points.far(), points.near()));
      told.put(
          "raw", String.format(Locale.ROOT, "%.3fm, %.3fm", points.seenFar(), points.seenNear()));
      told.put("scale", String.format(Locale.ROOT, "%.4f", points.scale()));
      told.put("offset", String.format(Locale.ROOT, "%.4fm", points.offset()));
      if (has(SPREAD)) {
        told.put("spread", String.format(Locale.ROOT, "%.3fm", number(SPREAD)));
      }
    }
    return told;
  }
}

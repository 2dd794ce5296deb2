package org.kerbside.gateway.uplink;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire.Boot;
import org.kerbside.gateway.model.Wire.Contents;
import org.kerbside.gateway.model.Wire.Line;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Resolves the SenML pack of a frame that this gateway rendered. Where the clock was not known,
 * times come out as seconds since that boot.
 */
final class FrameReader {

  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

  private final JsonParser json;
  private final List<Line> lines = new ArrayList<>();
  private ClockQuality clock = ClockQuality.NONE;
  private @Nullable String boot;
  private @Nullable Instead thin;
  private long up;

  // What holds until the pack says otherwise.
  private String baseName = "";
  private long baseMillis;

  FrameReader(JsonParser json) {
    this.json = json;
  }

  Contents read() {
    json.nextToken();
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      var token = json.nextToken();
      switch (name) {
        case "clock" -> clock = clock(json.getString());
        case "boot" -> boot = json.getString();
        case "up" -> {
          up = millis();
          baseMillis = up;
        }
        case "thin" -> thin = instead(json.getString());
        case "m" -> readRecords(token);
        case "bad" -> {
          // Whole names and times: nothing of the pack before holds here.
          baseName = "";
          baseMillis = boot == null ? 0 : up;
          readRecords(token);
        }
        default -> json.skipChildren();
      }
    }
    return new Contents(
        clock, boot == null ? null : new Boot(boot, Duration.ofMillis(up)), thin, lines);
  }

  private void readRecords(JsonToken token) {
    while (token == JsonToken.START_ARRAY && json.nextToken() == JsonToken.START_OBJECT) {
      readRecord();
    }
  }

  private void readRecord() {
    var name = "";
    var unit = "";
    long millis = 0;
    long readings = 1;
    @Nullable Value value = null;
    @Nullable String why = null;
    for (var label = json.nextName(); label != null; label = json.nextName()) {
      json.nextToken();
      switch (label) {
        case "bn" -> baseName = json.getString();
        case "bt" -> baseMillis = millis();
        case "n" -> name = json.getString();
        case "u" -> unit = json.getString();
        case "t" -> millis = millis();
        case "v" -> value = new Value.Num(json.getDoubleValue());
        case "vb" -> value = Value.Flag.of(json.getBooleanValue());
        case "vs" -> value = new Value.State(json.getString());
        case "why" -> why = json.getString();
        case "mean" -> readings = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    var at = Instant.ofEpochMilli(baseMillis + millis);
    lines.add(new Line(baseName + name, unit, at, value, why, readings));
  }

  private long millis() {
    return json.getDecimalValue().multiply(MILLIS).longValue();
  }

  private static ClockQuality clock(String word) {
    for (var quality : ClockQuality.values()) {
      if (quality.word().equals(word)) {
        return quality;
      }
    }
    return ClockQuality.NONE;
  }

  private static @Nullable Instead instead(String word) {
    for (var instead : Instead.values()) {
      if (instead.word().equals(word)) {
        return instead;
      }
    }
    return null;
  }
}

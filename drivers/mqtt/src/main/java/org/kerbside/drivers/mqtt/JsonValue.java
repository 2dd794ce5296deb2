package org.kerbside.drivers.mqtt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.mqtt.MqttProfile.Layout;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** One value, and its time, picked out of a JSON object by streaming: no tree on the hot path. */
final class JsonValue {

  private static final double LAST_MICRO = 253_402_300_799e6; // the end of the year 9999

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNameLength(256)
                  .maxNumberLength(64)
                  .build())
          .build();

  private final JsonParser parser;
  private final Layout.Json layout;
  private final Point point;

  private @Nullable Value value;
  private @Nullable Instant time;
  private boolean timeDoubted;

  private JsonValue(JsonParser parser, Layout.Json layout, Point point) {
    this.parser = parser;
    this.layout = layout;
    this.point = point;
  }

  static Sample read(byte[] payload, Layout.Json layout, Point point) throws BadTelegram {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
      return read(parser, layout, point);
    }
  }

  private static Sample read(JsonParser parser, Layout.Json layout, Point point)
      throws BadTelegram {
    try {
      return new JsonValue(parser, layout, point).sample();
    } catch (JacksonException told) {
      throw new BadTelegram(
          "not JSON at byte %d: %s"
              .formatted(
                  parser.currentLocation().getByteOffset(),
                  told.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  private Sample sample() throws BadTelegram {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new BadTelegram("no JSON object: got %s".formatted(parser.currentToken()));
    }
    walk(0, layout.value(), layout.time());
    if (parser.nextToken() != null) {
      throw new BadTelegram("something follows the JSON object");
    }
    if (value == null) {
      throw new BadTelegram("no value at '/%s'".formatted(String.join("/", layout.value())));
    }
    var quality = timeDoubted ? new Quality.Uncertain(Reason.SOURCE_TIME) : Quality.GOOD;
    return new Sample(point.name(), value, null, quality, time);
  }

  /** Through one object; a pointer that does not lead here is null. */
  private void walk(int depth, @Nullable List<String> toValue, @Nullable List<String> toTime)
      throws BadTelegram {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      var token = parser.nextToken();
      boolean onValue = leads(toValue, depth, name);
      boolean onTime = leads(toTime, depth, name);
      if (onValue && layout.value().size() == depth + 1) {
        value = value(token);
      } else if (onTime && toTime != null && toTime.size() == depth + 1) {
        readTime(token);
      } else if (token == JsonToken.START_OBJECT && (onValue || onTime)) {
        walk(depth + 1, onValue ? toValue : null, onTime ? toTime : null);
        continue;
      }
      parser.skipChildren();
    }
  }

  private static boolean leads(@Nullable List<String> path, int depth, String name) {
    return path != null && depth < path.size() && path.get(depth).equals(name);
  }

  private Value value(JsonToken token) throws BadTelegram {
    switch (point.spec().type()) {
      case NUM, COUNTER -> {
        double number = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
        if (Double.isFinite(number)) {
          return new Value.Num(number);
        }
      }
      case FLAG -> {
        if (token.isBoolean()) {
          return Value.Flag.of(token == JsonToken.VALUE_TRUE);
        }
      }
      case STATE -> {
        if (token == JsonToken.VALUE_STRING) {
          return new Value.State(parser.getString());
        }
      }
    }
    throw new BadTelegram(
        "'/%s' is '%s': expected %s"
            .formatted(String.join("/", layout.value()), parser.getString(), expected()));
  }

  private String expected() {
    return switch (point.spec().type()) {
      case NUM, COUNTER -> "a finite number";
      case FLAG -> "true or false";
      case STATE -> "a text";
    };
  }

  /** A time that is none spoils the time, not the value. */
  private void readTime(JsonToken token) {
    double micros = token.isNumeric() ? layout.unit().toMicros(parser.getDoubleValue()) : -1;
    if (micros >= 0 && micros <= LAST_MICRO) {
      long whole = Math.round(micros);
      time = Instant.ofEpochSecond(whole / 1_000_000, whole % 1_000_000 * 1000);
    } else {
      timeDoubted = true;
    }
  }
}

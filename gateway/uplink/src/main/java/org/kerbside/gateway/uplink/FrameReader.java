package org.kerbside.gateway.uplink;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire.Told;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Resolves the SenML pack of a frame that this gateway rendered. Where the clock was not known,
 * times come out as seconds since that boot.
 */
final class FrameReader {

  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

  private final JsonParser json;
  private final List<Told> told = new ArrayList<>();

  // What holds until the pack says otherwise.
  private String baseName = "";
  private long baseMillis;

  FrameReader(JsonParser json) {
    this.json = json;
  }

  List<Told> read() {
    json.nextToken();
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      var token = json.nextToken();
      if (name.equals("m") && token == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          readRecord();
        }
      } else if (name.equals("up")) {
        baseMillis = millis();
      } else {
        json.skipChildren();
      }
    }
    return told;
  }

  private void readRecord() {
    var name = "";
    long millis = 0;
    @Nullable Value value = null;
    for (var label = json.nextName(); label != null; label = json.nextName()) {
      json.nextToken();
      switch (label) {
        case "bn" -> baseName = json.getString();
        case "bt" -> baseMillis = millis();
        case "n" -> name = json.getString();
        case "t" -> millis = millis();
        case "v" -> value = new Value.Num(json.getDoubleValue());
        case "vb" -> value = Value.Flag.of(json.getBooleanValue());
        case "vs" -> value = new Value.State(json.getString());
        default -> json.skipChildren();
      }
    }
    if (value != null) {
      told.add(new Told(baseName + name, Instant.ofEpochMilli(baseMillis + millis), value));
    }
  }

  private long millis() {
    return json.getDecimalValue().multiply(MILLIS).longValue();
  }
}

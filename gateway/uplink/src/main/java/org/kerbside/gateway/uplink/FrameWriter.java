package org.kerbside.gateway.uplink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JsonGenerator;

/** Readings as a SenML pack (RFC 8428) in {@code m}, and those without a value in {@code bad}. */
final class FrameWriter {

  /** RFC 9100: version 10 and the feature «secondary units», 16. */
  static final int SECONDARY_UNITS = 26;

  private final JsonGenerator json;
  private final When when;

  FrameWriter(JsonGenerator json, When when) {
    this.json = json;
    this.when = when;
  }

  void write(List<Reading> told) {
    var readings = byPoint(told);
    boolean anyBad = false;
    boolean secondary = false;
    for (int i = 0; i < readings.size(); i++) {
      var reading = readings.get(i);
      anyBad |= reading.isBad();
      secondary |= isSecondary(reading);
    }
    writePack(readings, secondary ? SECONDARY_UNITS : 0);
    if (anyBad) {
      writeBad(readings);
    }
  }

  /**
   * An asset is named once where its readings stand together: a quarter fewer bytes on wire and
   * disk. The sort is stable, so a point's readings stay in their order.
   */
  private static List<Reading> byPoint(List<Reading> told) {
    var sorted = new ArrayList<>(told);
    sorted.sort((a, b) -> Integer.compare(a.point().index(), b.point().index()));
    return sorted;
  }

  private void writePack(List<Reading> readings, int version) {
    json.writeArrayPropertyStart("m");
    String asset = null;
    long base = 0;
    for (int i = 0; i < readings.size(); i++) {
      var reading = readings.get(i);
      var value = reading.value();
      if (value == null) {
        continue;
      }
      json.writeStartObject();
      boolean first = asset == null;
      if (first && version != 0) {
        json.writeNumberProperty("bver", version);
      }
      if (!reading.point().id().asset().equals(asset)) {
        asset = reading.point().id().asset();
        json.writeStringProperty("bn", asset + "/");
      }
      if (first && !when.isRelative()) {
        base = when.millis(reading.at());
        json.writeName("bt");
        Numbers.writeSeconds(json, base);
      }
      writeRecord(reading, value, when.millis(reading.at()) - base);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeRecord(Reading reading, Value value, long millis) {
    json.writeStringProperty("n", reading.point().name());
    switch (value) {
      case Value.Num(var number) -> {
        json.writeStringProperty("u", reading.point().unit().symbol());
        json.writeName("v");
        Numbers.write(json, number);
      }
      case Value.Flag(var flag) -> json.writeBooleanProperty("vb", flag);
      case Value.State(var word) -> json.writeStringProperty("vs", word);
    }
    if (millis != 0) {
      json.writeName("t");
      Numbers.writeSeconds(json, millis);
    }
    var doubt = doubt(reading);
    if (doubt != null) {
      json.writeStringProperty("q", "uncertain");
      json.writeStringProperty("why", doubt.text());
    }
  }

  private void writeBad(List<Reading> readings) {
    json.writeArrayPropertyStart("bad");
    for (int i = 0; i < readings.size(); i++) {
      var reading = readings.get(i);
      if (reading.quality() instanceof Quality.Bad(var reason)) {
        json.writeStartObject();
        json.writeStringProperty("n", reading.point().id().toString());
        json.writeName("t");
        Numbers.writeSeconds(json, when.millis(reading.at()));
        json.writeStringProperty("why", reason.text());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static @Nullable Reason doubt(Reading reading) {
    return switch (reading.quality()) {
      case Quality.Good() -> null;
      case Quality.Uncertain(var reason) -> reason;
      case Quality.Bad(var reason) -> reason;
    };
  }

  private static boolean isSecondary(Reading reading) {
    var unit = reading.point().unit();
    return reading.value() instanceof Value.Num
        && (unit.equals(Unit.KILOWATT_HOUR)
            || unit.equals(Unit.MICROGRAM)
            || unit.equals(Unit.DBM));
  }
}

package org.kerbside.gateway.uplink;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire.Contents;
import org.kerbside.gateway.model.Wire.Line;
import tools.jackson.core.JsonGenerator;

/**
 * Lines that were rendered before, as {@link FrameWriter} writes readings. A mean says of how many
 * readings: {@code "mean":57}, a label that other resolvers of SenML pass over.
 */
final class LineWriter {

  private static final Set<String> SECONDARY = Set.of("kWh", "ug/m3", "dBm");

  private final JsonGenerator json;
  private final Contents contents;

  LineWriter(JsonGenerator json, Contents contents) {
    this.json = json;
    this.contents = contents;
  }

  void write() {
    var lines = contents.lines();
    boolean anyBad = false;
    boolean secondary = false;
    for (var line : lines) {
      anyBad |= line.value() == null;
      secondary |= line.value() != null && SECONDARY.contains(line.unit());
    }
    writePack(lines, secondary);
    if (anyBad) {
      writeBad(lines);
    }
  }

  private void writePack(List<Line> lines, boolean secondary) {
    json.writeArrayPropertyStart("m");
    @Nullable String asset = null;
    long base = 0;
    for (var line : lines) {
      var value = line.value();
      if (value == null) {
        continue;
      }
      json.writeStartObject();
      boolean first = asset == null;
      if (first && secondary) {
        json.writeNumberProperty("bver", FrameWriter.SECONDARY_UNITS);
      }
      int slash = line.point().indexOf('/') + 1;
      if (asset == null || !line.point().substring(0, slash).equals(asset)) {
        asset = line.point().substring(0, slash);
        json.writeStringProperty("bn", asset);
      }
      if (first && contents.boot() == null) {
        base = line.at().toEpochMilli();
        json.writeName("bt");
        Numbers.writeSeconds(json, base);
      }
      json.writeStringProperty("n", line.point().substring(slash));
      writeRecord(line, value, millis(line) - base);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeRecord(Line line, Value value, long millis) {
    if (!line.unit().isEmpty()) {
      json.writeStringProperty("u", line.unit());
    }
    switch (value) {
      case Value.Num(var number) -> {
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
    if (line.why() != null) {
      json.writeStringProperty("q", "uncertain");
      json.writeStringProperty("why", line.why());
    }
    if (line.readings() > 1) {
      json.writeNumberProperty("mean", line.readings());
    }
  }

  private void writeBad(List<Line> lines) {
    json.writeArrayPropertyStart("bad");
    for (var line : lines) {
      if (line.value() == null) {
        json.writeStartObject();
        json.writeStringProperty("n", line.point());
        json.writeName("t");
        Numbers.writeSeconds(json, millis(line));
        json.writeStringProperty("why", line.why() == null ? "" : line.why());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /** Milliseconds since 1970, or up to zero before the frame's own time since its boot. */
  private long millis(Line line) {
    var boot = contents.boot();
    long at = line.at().toEpochMilli();
    return boot == null ? at : Math.min(0, at - boot.up().toMillis());
  }
}

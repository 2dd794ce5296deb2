package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Got;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.RuleCard;
import org.kerbside.gateway.model.Sha256;
import org.kerbside.gateway.model.Site;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The payloads that are no frames: state, description, answers to commands. Shares nothing. */
final class Payloads {

  private final Site site;
  private final Description description;

  Payloads(Site site, Description description) {
    this.site = site;
    this.description = description;
  }

  static byte[] json(Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = JsonWire.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("v", 1);
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * @param word {@code online}, {@code offline}, {@code lost}
   */
  byte[] state(String word, String epoch, ClockQuality clock, Budget.Stage stage) {
    return json(
        json -> {
          json.writeStringProperty("gw", site.id());
          json.writeStringProperty("state", word);
          json.writeStringProperty("epoch", epoch);
          json.writeStringProperty("clock", clock.word());
          json.writeNumberProperty("revision", description.revision());
          json.writeStringProperty("software", description.software());
          json.writeStringProperty("ack", description.ack());
          if (stage != Budget.Stage.ALL) {
            json.writeStringProperty("budget", stage.word());
          }
          writeOrigin(json);
        });
  }

  byte[] description() {
    var hash = hash(json(this::writeDescription));
    return json(
        json -> {
          writeDescription(json);
          json.writeStringProperty("schema", hash);
        });
  }

  static byte[] progress(String command, Progress progress) {
    return json(
        json -> {
          json.writeStringProperty("id", command);
          json.writeStringProperty("progress", progress.word());
        });
  }

  /**
   * @param detail for people, where the reason's word is not enough
   */
  static byte[] outcome(
      String command, Outcome outcome, @Nullable Moment at, @Nullable String detail) {
    return json(
        json -> {
          json.writeStringProperty("id", command);
          EventWriter.writeOutcome(json, outcome);
          if (detail != null) {
            json.writeStringProperty("detail", detail);
          }
          if (at != null && at.clock() != ClockQuality.NONE) {
            writeTime(json, "at", at.wall());
          }
        });
  }

  static byte[] got(Got got) {
    return json(
        json -> {
          if (got.want() != 0) {
            json.writeNumberProperty("want", got.want());
          }
          json.writeNumberProperty("revision", got.revision());
          json.writeStringProperty("result", got.result().word());
          json.writeArrayPropertyStart("diagnostics");
          got.diagnostics().forEach(json::writeString);
          json.writeEndArray();
        });
  }

  private void writeDescription(JsonGenerator json) {
    json.writeStringProperty("gw", site.id());
    json.writeStringProperty("software", description.software());
    json.writeNumberProperty("revision", description.revision());
    json.writeStringProperty("ack", description.ack());
    writeOrigin(json);
    json.writeObjectPropertyStart("site");
    json.writeStringProperty("id", site.id());
    json.writeStringProperty("name", site.name());
    json.writeStringProperty("timezone", site.zone().getId());
    writeNumber(json, "latitude", site.latitude());
    writeNumber(json, "longitude", site.longitude());
    json.writeEndObject();
    json.writeArrayPropertyStart("assets");
    description.assets().forEach(asset -> writeAsset(json, asset));
    json.writeEndArray();
    json.writeArrayPropertyStart("rules");
    description.rules().forEach(rule -> writeRule(json, rule));
    json.writeEndArray();
  }

  /** Absent, the readings are the field's. */
  private void writeOrigin(JsonGenerator json) {
    if (description.origin() == Origin.SIMULATED) {
      json.writeBooleanProperty("simulated", true);
    }
  }

  private static void writeAsset(JsonGenerator json, Asset asset) {
    json.writeStartObject();
    json.writeStringProperty("id", asset.id());
    json.writeStringProperty("kind", asset.kind().name());
    json.writeStringProperty("name", asset.name());
    var parent = asset.parent();
    if (parent != null) {
      json.writeStringProperty("parent", parent);
    }
    new TreeMap<>(asset.labels()).forEach(json::writeStringProperty);
    json.writeArrayPropertyStart("points");
    asset.points().forEach(point -> writePoint(json, point));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writePoint(JsonGenerator json, Point point) {
    var spec = point.spec();
    json.writeStartObject();
    json.writeStringProperty("name", point.name());
    json.writeStringProperty("type", word(spec.type()));
    if (spec.type() == PointType.NUM || spec.type() == PointType.COUNTER) {
      json.writeStringProperty("unit", spec.unit().symbol());
      writeBound(json, "min", spec.min());
      writeBound(json, "max", spec.max());
    }
    if (!spec.words().isEmpty()) {
      json.writeArrayPropertyStart("words");
      spec.words().forEach(json::writeString);
      json.writeEndArray();
    }
    writeNumber(json, "heartbeat", spec.beat().toMillis() / 1000.0);
    if (spec.isWritable()) {
      json.writeBooleanProperty("writable", true);
    }
    json.writeEndObject();
  }

  private static void writeRule(JsonGenerator json, RuleCard rule) {
    json.writeStartObject();
    json.writeStringProperty("name", rule.name());
    json.writeStringProperty("for", rule.kind());
    json.writeStringProperty("version", rule.version());
    json.writeStringProperty("severity", rule.severity().word());
    json.writeObjectPropertyStart("parameters");
    new TreeMap<>(rule.parameters()).forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeStringProperty("source", rule.source());
    json.writeStringProperty("ref", rule.ref());
    json.writeEndObject();
  }

  static void writeTime(JsonGenerator json, String name, Instant at) {
    json.writeName(name);
    Numbers.writeSeconds(json, at);
  }

  private static void writeNumber(JsonGenerator json, String name, double number) {
    json.writeName(name);
    Numbers.write(json, number);
  }

  private static void writeBound(JsonGenerator json, String name, double bound) {
    if (Double.isFinite(bound) && Math.abs(bound) < Double.MAX_VALUE) {
      writeNumber(json, name, bound);
    }
  }

  private static String word(PointType type) {
    return switch (type) {
      case NUM -> "number";
      case COUNTER -> "counter";
      case FLAG -> "flag";
      case STATE -> "state";
    };
  }

  /** Eight bytes of SHA-256: enough to see that something changed. */
  static String hash(byte[] content) {
    return HexFormat.of().formatHex(Sha256.bytes(content), 0, 8);
  }

  static String hash(String content) {
    return hash(content.getBytes(UTF_8));
  }
}

package org.kerbside.gateway.page;

import io.javalin.http.Context;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the page shows, for programs: the site with its three axes, one asset, a point's past, the
 * alarms, the gateway. Times are ISO 8601 with the site's offset; a worker's number is told to
 * crews alone.
 */
final class SiteApi {

  static final String PATH = "/api/v1/";

  private static final String TYPE = "application/json";
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private final Shown shown;
  private final Executor disk;
  private final Function<Context, Reader> reader;

  /**
   * @param disk where history is asked: a native call would hold a core's virtual threads
   * @param reader who sent a request
   */
  SiteApi(Shown shown, Executor disk, Function<Context, Reader> reader) {
    this.shown = shown;
    this.disk = disk;
    this.reader = reader;
  }

  /** {@code GET /api/v1/assets/{asset}/points/{point}/history}. */
  void history(Context context) throws Problem {
    var now = shown.view().overview();
    var asset = context.pathParam("asset");
    var point = context.pathParam("point");
    var query = HistoryQuery.of(now.assets(), asset, point, context::queryParam, now.now());
    var answer = CompletableFuture.supplyAsync(() -> answer(query), disk).join();
    context.result(answer).contentType(TYPE);
  }

  private String answer(HistoryQuery query) {
    var series = shown.history().of(query.point().id(), query.from(), query.to(), query.step());
    return HistoryAnswer.of(query, series);
  }

  /** {@code GET /api/v1/site}. */
  void site(Context context) {
    var stage = stage(context);
    answer(
        context,
        json -> {
          json.writeStringProperty("id", stage.site().id());
          json.writeStringProperty("name", stage.site().name());
          json.writeStringProperty("timezone", stage.site().zone().getId());
          json.writeStringProperty("at", time(stage, stage.overview().now()));
          json.writeStringProperty("clock", stage.overview().now().clock().word());
          json.writeArrayPropertyStart("assets");
          for (var standing : stage.standings().values()) {
            json.writeStartObject();
            axes(json, stage, standing);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** {@code GET /api/v1/assets/{asset}}. */
  void asset(Context context) throws Problem {
    var stage = stage(context);
    var id = context.pathParam("asset");
    var standing = stage.standings().get(id);
    if (standing == null) {
      throw Problem.unknown("no asset is called '%s'".formatted(id));
    }
    answer(
        context,
        json -> {
          axes(json, stage, standing);
          json.writeArrayPropertyStart("points");
          for (var point : standing.asset().points()) {
            point(json, stage, stage.overview().of(point));
          }
          json.writeEndArray();
          json.writeArrayPropertyStart("alarms");
          for (var alarm : stage.overview().alarms()) {
            if (alarm.asset().equals(id)) {
              alarm(json, stage, alarm);
            }
          }
          json.writeEndArray();
        });
  }

  /** {@code GET /api/v1/alarms?state=raised}: those that are not gone; without a state all. */
  void alarms(Context context) {
    var stage = stage(context);
    var state = context.queryParam("state");
    answer(
        context,
        json -> {
          json.writeArrayPropertyStart("alarms");
          for (var alarm : stage.overview().alarms()) {
            if (state == null || alarm.state().word().equals(state)) {
              alarm(json, stage, alarm);
            }
          }
          json.writeEndArray();
        });
  }

  /** {@code GET /api/v1/gateway}. */
  void gateway(Context context) {
    var stage = stage(context);
    var facts = shown.machine().facts();
    answer(
        context,
        json -> {
          json.writeStringProperty("software", facts.software());
          json.writeNumberProperty("revision", facts.revision());
          json.writeStringProperty("clock", stage.overview().now().clock().word());
          json.writeObjectPropertyStart("uplink");
          json.writeStringProperty("state", stage.uplink().state().name().toLowerCase(Locale.ROOT));
          json.writeNumberProperty("sent", stage.uplink().sent());
          json.writeNumberProperty("waiting", stage.uplink().waiting());
          json.writeEndObject();
          json.writeObjectPropertyStart("journal");
          json.writeNumberProperty("bytes", facts.journal());
          json.writeNumberProperty("quota", facts.quota());
          json.writeEndObject();
          json.writeArrayPropertyStart("buses");
          for (var bus : facts.buses()) {
            json.writeStartObject();
            json.writeStringProperty("name", bus.name());
            json.writeStringProperty("driver", bus.driver());
            json.writeNumberProperty("devices", bus.devices());
            json.writeNumberProperty("silent", bus.silent());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private Stage stage(Context context) {
    return Stage.of(shown.view(), Words.in(Language.EN), reader.apply(context), "");
  }

  private static void axes(JsonGenerator json, Stage stage, Standing standing) {
    var asset = standing.asset();
    json.writeStringProperty("id", asset.id());
    json.writeStringProperty("kind", asset.kind().name());
    json.writeStringProperty("name", asset.name());
    if (asset.parent() != null) {
      json.writeStringProperty("parent", asset.parent());
    }
    var alarm = standing.alarm();
    json.writeStringProperty("condition", alarm == null ? "normal" : alarm.severity().word());
    json.writeStringProperty("data", standing.data().word());
    json.writeStringProperty("mode", stage.overview().mode(asset).word());
  }

  private static void point(JsonGenerator json, Stage stage, Seen seen) {
    json.writeStartObject();
    json.writeStringProperty("name", seen.point().name());
    json.writeStringProperty("unit", seen.point().unit().symbol());
    json.writeStringProperty("data", seen.state(stage.overview().now()).word());
    var last = seen.last();
    if (last != null) {
      value(json, last.value());
      switch (last.quality()) {
        case Quality.Good() -> {}
        case Quality.Uncertain(var reason) -> json.writeStringProperty("why", reason.text());
        case Quality.Bad(var reason) -> json.writeStringProperty("why", reason.text());
      }
      json.writeStringProperty("at", time(stage, last.at()));
    }
    if (seen.heard() != null) {
      json.writeStringProperty("heard", time(stage, seen.heard()));
    }
    if (seen.changed() != null) {
      json.writeStringProperty("changed", time(stage, seen.changed()));
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, @Nullable Value value) {
    switch (value) {
      case null -> json.writeNullProperty("value");
      case Value.Num(var number) -> json.writeNumberProperty("value", number);
      case Value.Flag(var flag) -> json.writeBooleanProperty("value", flag);
      case Value.State(var word) -> json.writeStringProperty("value", word);
    }
  }

  private static void alarm(JsonGenerator json, Stage stage, Alarm alarm) {
    json.writeStartObject();
    json.writeStringProperty("id", alarm.id());
    json.writeStringProperty("severity", alarm.severity().word());
    json.writeStringProperty("state", alarm.state().word());
    json.writeStringProperty("since", time(stage, alarm.since()));
    var acknowledged = alarm.care().acknowledged();
    if (acknowledged != null) {
      json.writeStringProperty("acknowledged", stage.cards().who(acknowledged.by()));
    }
    var shelved = alarm.care().shelved();
    if (shelved != null && shelved.until() != null) {
      json.writeStringProperty("shelved", time(stage, shelved.until()));
    }
    json.writeObjectPropertyStart("text");
    alarm.text().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String time(Stage stage, Moment moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.wall().atZone(stage.site().zone()));
  }

  private interface Body {
    void write(JsonGenerator json);
  }

  private static void answer(Context context, Body body) {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    }
    context.result(text + "\n").contentType(TYPE);
  }
}

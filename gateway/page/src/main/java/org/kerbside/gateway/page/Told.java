package org.kerbside.gateway.page;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.Mode;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JsonGenerator;

/** What programs are told of the site, each thing with the schema that it has. */
final class Told {

  /** A number, a truth or a word. */
  static final Shape<Value> VALUE =
      Shape.anyOf(List.of(Shape.NUMBER, Shape.TRUTH, Shape.TEXT), Told::write);

  private static final Shape<Reading> LAST =
      Shape.anyOf(
          List.of(Shape.orNull(VALUE)),
          (json, reading) -> Shape.orNull(VALUE).write(json, reading.value()));

  private static final Shape<ClockQuality> CLOCK =
      Shape.words(ClockQuality.class, ClockQuality::word);
  private static final Shape<DataState> DATA = Shape.words(DataState.class, DataState::word);
  private static final Shape<String> CONDITION =
      Shape.words(
          List.of(
              "normal", Severity.WARNING.word(), Severity.ALARM.word(), Severity.EMERGENCY.word()));

  private Told() {}

  /** An asset in its site. */
  record Asset(Stage stage, Standing standing) {

    List<Point> points() {
      return standing.asset().points().stream()
          .map(point -> new Point(stage, stage.overview().of(point)))
          .toList();
    }

    List<Alarm> alarms() {
      return stage.overview().alarms().stream()
          .filter(alarm -> alarm.asset().equals(standing.asset().id()))
          .map(alarm -> new Alarm(stage, alarm))
          .toList();
    }

    private String condition() {
      var alarm = standing.alarm();
      return alarm == null ? "normal" : alarm.severity().word();
    }
  }

  /** A point in its site. */
  record Point(Stage stage, Seen seen) {

    private @Nullable String why() {
      var last = seen.last();
      return switch (last == null ? null : last.quality()) {
        case null -> null;
        case Quality.Good() -> null;
        case Quality.Uncertain(var reason) -> reason.text();
        case Quality.Bad(var reason) -> reason.text();
      };
    }

    private @Nullable String at() {
      var last = seen.last();
      return last == null ? null : time(stage, last.at());
    }
  }

  /** An alarm in its site. */
  record Alarm(Stage stage, org.kerbside.gateway.model.Alarm alarm) {

    private @Nullable String acknowledged() {
      var act = alarm.care().acknowledged();
      return act == null ? null : stage.cards().who(act.by());
    }

    private @Nullable String shelved() {
      var act = alarm.care().shelved();
      return act == null ? null : time(stage, act.until());
    }
  }

  /** The alarms that were asked for. */
  record Alarms(List<Alarm> alarms) {}

  /** The gateway in its site. */
  record Gateway(Stage stage, Machine.Facts facts) {}

  private static final Members<Asset> AXES =
      Members.<Asset>named("Axes")
          .has("id", Shape.TEXT, one -> one.standing().asset().id())
          .has("kind", Shape.TEXT, one -> one.standing().asset().kind().name())
          .has("name", Shape.TEXT, one -> one.standing().asset().name())
          .may("parent", Shape.TEXT, one -> one.standing().asset().parent())
          .has("condition", CONDITION, Asset::condition)
          .has("data", DATA, one -> one.standing().data())
          .has(
              "mode",
              Shape.words(Mode.class, Mode::word),
              one -> one.stage().overview().mode(one.standing().asset()));

  private static final Members<Point> POINT =
      Members.<Point>named("Point")
          .has("name", Shape.TEXT, one -> one.seen().point().name())
          .has("unit", Shape.TEXT, one -> one.seen().point().unit().symbol())
          .has("data", DATA, one -> one.seen().state(one.stage().overview().now()))
          .may("value", LAST, one -> one.seen().last())
          .may("why", Shape.TEXT, Point::why)
          .may("at", Shape.TIME, Point::at)
          .may("heard", Shape.TIME, one -> time(one.stage(), one.seen().heard()))
          .may("changed", Shape.TIME, one -> time(one.stage(), one.seen().changed()));

  private static final Members<Alarm> ALARM =
      Members.<Alarm>named("Alarm")
          .has("id", Shape.TEXT, one -> one.alarm().id())
          .has(
              "severity",
              Shape.words(Severity.class, Severity::word),
              one -> one.alarm().severity())
          .has(
              "state",
              Shape.words(
                  org.kerbside.gateway.model.Alarm.State.class,
                  org.kerbside.gateway.model.Alarm.State::word),
              one -> one.alarm().state())
          .has("since", Shape.TIME, one -> time(one.stage(), one.alarm().since()))
          .may("acknowledged", Shape.TEXT, Alarm::acknowledged)
          .may("shelved", Shape.TIME, Alarm::shelved)
          .has("text", Shape.map(Shape.TEXT), one -> one.alarm().text());

  static final Members<Stage> SITE =
      Members.<Stage>named("Site")
          .has("id", Shape.TEXT, stage -> stage.site().id())
          .has("name", Shape.TEXT, stage -> stage.site().name())
          .has("timezone", Shape.TEXT, stage -> stage.site().zone().getId())
          .has("at", Shape.TIME, stage -> time(stage, stage.overview().now()))
          .has("clock", CLOCK, stage -> stage.overview().now().clock())
          .has(
              "assets",
              Shape.list(AXES),
              stage ->
                  stage.standings().values().stream()
                      .map(standing -> new Asset(stage, standing))
                      .toList());

  static final Members<Asset> ASSET =
      Members.<Asset>named("Asset")
          .as(AXES, Function.identity())
          .has("points", Shape.list(POINT), Asset::points)
          .has("alarms", Shape.list(ALARM), Asset::alarms);

  static final Members<Alarms> ALARMS =
      Members.<Alarms>named("Alarms").has("alarms", Shape.list(ALARM), Alarms::alarms);

  private static final Members<UplinkView> UPLINK =
      Members.<UplinkView>named("Uplink")
          .has(
              "state",
              Shape.words(UplinkView.State.class, state -> state.name().toLowerCase(Locale.ROOT)),
              UplinkView::state)
          .has("sent", Shape.INTEGER, UplinkView::sent)
          .has("waiting", Shape.INTEGER, UplinkView::waiting);

  private static final Members<Machine.Facts> JOURNAL =
      Members.<Machine.Facts>named("Journal")
          .has("bytes", Shape.INTEGER, Machine.Facts::journal)
          .has("quota", Shape.INTEGER, Machine.Facts::quota);

  private static final Members<Machine.Bus> BUS =
      Members.<Machine.Bus>named("Bus")
          .has("name", Shape.TEXT, Machine.Bus::name)
          .has("driver", Shape.TEXT, Machine.Bus::driver)
          .has("devices", Shape.INTEGER, bus -> (long) bus.devices())
          .has("silent", Shape.INTEGER, bus -> (long) bus.silent());

  static final Members<Gateway> GATEWAY =
      Members.<Gateway>named("Gateway")
          .has("software", Shape.TEXT, one -> one.facts().software())
          .has("revision", Shape.INTEGER, one -> one.facts().revision())
          .has("clock", CLOCK, one -> one.stage().overview().now().clock())
          .has("uplink", UPLINK, one -> one.stage().uplink())
          .has("journal", JOURNAL, Gateway::facts)
          .has("buses", Shape.list(BUS), one -> one.facts().buses());

  private static void write(JsonGenerator json, Value value) {
    switch (value) {
      case Value.Num(var number) -> Shape.NUMBER.write(json, number);
      case Value.Flag(var flag) -> json.writeBoolean(flag);
      case Value.State(var word) -> json.writeString(word);
    }
  }

  static @Nullable String time(Stage stage, @Nullable Moment moment) {
    return moment == null
        ? null
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.wall().atZone(stage.site().zone()));
  }
}

package org.kerbside.gateway.page;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Severity;

/**
 * What happened at the site lately, as programs are told: alarms' changes, and what people did.
 * What tells of people is left out for who may not know it.
 */
final class Happened {

  /** One thing, in its site. */
  private record One(
      Stage stage,
      Moment at,
      String kind,
      String asset,
      String what,
      @Nullable Alarm alarm,
      @Nullable Act act) {

    /** Null where nobody asks about it later. */
    static @Nullable One of(Stage stage, Event event) {
      return switch (event) {
        case Event.AlarmChanged(var at, var change, var alarm, var act, var _, var _) ->
            new One(stage, at, "alarm", alarm.asset(), change.word(), alarm, act);
        case Event.Audit(var at, var what, var subject, var act) ->
            new One(stage, at, "audit", subject, what, null, act);
        case Event.Commission told ->
            new One(stage, told.at(), "commission", told.asset(), told.what(), null, null);
        case Event.Kpi kpi -> null;
        case Event.Result result -> null;
        case Event.Gap gap -> null;
        case Event.Health health -> null;
        case Event.Clock clock -> null;
      };
    }

    @Nullable String id() {
      return alarm == null ? null : alarm.id();
    }

    @Nullable Severity severity() {
      return alarm == null ? null : alarm.severity();
    }

    @Nullable String by() {
      return act == null ? null : stage.cards().who(act.by());
    }

    /** Of an asset of the site: not who came to the page, from where. */
    boolean isShown() {
      return stage.standings().containsKey(asset) && stage.seesPast(asset);
    }
  }

  private static final Members<One> EVENT =
      Members.<One>named("Event")
          .has("at", Shape.TIME, one -> Told.time(one.stage(), one.at()))
          .has("kind", Shape.words(List.of("alarm", "audit", "commission")), One::kind)
          .has("asset", Shape.TEXT, One::asset)
          .has("what", Shape.TEXT, One::what)
          .may("alarm", Shape.TEXT, One::id)
          .may("severity", Shape.words(Severity.class, Severity::word), One::severity)
          .may("by", Shape.TEXT, One::by);

  static final Members<Happened> SHAPE =
      Members.<Happened>named("Events")
          .may("since", Shape.TIME, all -> Told.time(all.stage, all.pages.since()))
          .has("events", Shape.list(EVENT), Happened::events);

  private final Stage stage;
  private final Chronicle.Pages pages;
  private final Instant after;

  /**
   * @param after only what happened later than that
   */
  Happened(Stage stage, Chronicle.Pages pages, Instant after) {
    this.stage = stage;
    this.pages = pages;
    this.after = after;
  }

  /** Oldest first. */
  private List<One> events() {
    return pages.events().reversed().stream()
        .filter(event -> event.at().wall().isAfter(after))
        .flatMap(event -> Stream.ofNullable(One.of(stage, event)))
        .filter(One::isShown)
        .toList();
  }
}

package org.kerbside.gateway.uplink;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Why;
import tools.jackson.core.JsonGenerator;

/** Events in the contract's envelope: what stands between the frame's head and its last brace. */
final class EventWriter {

  /** A label's name in the contract, where it is not the house's own. */
  private static final Map<String, String> LABELS = Map.of("code", "assetCode");

  private final JsonGenerator json;
  private final When when;
  private final String boot;

  /**
   * @param boot of this start, which a mapping is about
   */
  EventWriter(JsonGenerator json, When when, String boot) {
    this.json = json;
    this.when = when;
    this.boot = boot;
  }

  void write(Event event) {
    switch (event) {
      case Event.AlarmChanged changed -> writeAlarm(changed);
      case Event.Result result -> writeResult(result);
      case Event.Gap gap -> writeGap(gap);
      case Event.Health health -> writeHealth(health);
      case Event.Clock clock -> writeClock(clock);
      case Event.Audit audit -> writeAudit(audit, null);
      case Event.Commission commission -> writeCommission(commission);
      case Event.Kpi kpi -> writeKpi(kpi);
    }
  }

  private void writeAlarm(Event.AlarmChanged changed) {
    var alarm = changed.alarm();
    json.writeStringProperty("kind", "alarm");
    json.writeStringProperty("id", alarm.id());
    json.writeStringProperty("change", changed.change().word());
    json.writeStringProperty("severity", alarm.severity().word());
    json.writeStringProperty("state", alarm.state().word());
    writeTime("at", changed.at());
    if (changed.change() != Event.AlarmChanged.Change.RAISED) {
      writeTime("since", alarm.since());
    }
    if (changed.untold() > 0) {
      json.writeNumberProperty("untold", changed.untold());
    }
    writeAct(changed.act());
    writeCare(alarm.care(), changed);
    json.writeStringProperty("asset", alarm.asset());
    json.writeStringProperty("rule", alarm.rule());
    json.writeStringProperty("ruleVersion", alarm.ruleVersion());
    json.writeName("hold");
    Numbers.writeSeconds(json, alarm.hold().toMillis());
    new TreeMap<>(alarm.labels())
        .forEach((key, text) -> json.writeStringProperty(LABELS.getOrDefault(key, key), text));
    writeChain(alarm.why());
    json.writeObjectPropertyStart("text");
    new TreeMap<>(alarm.text()).forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  /** What stands about the alarm and is not what the change itself says. */
  private void writeCare(Alarm.Care care, Event.AlarmChanged changed) {
    writeAct("acknowledged", care.acknowledged(), changed.act());
    writeAct("shelved", care.shelved(), changed.act());
    if (care.cause() != null) {
      json.writeStringProperty("cause", care.cause());
    }
    if (!changed.effects().isEmpty()) {
      json.writeArrayPropertyStart("effects");
      changed.effects().forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private void writeAct(String name, @Nullable Act act, @Nullable Act told) {
    if (act != null && !act.equals(told)) {
      json.writeObjectPropertyStart(name);
      writeAct(act);
      writeTime("at", act.at());
      json.writeEndObject();
    }
  }

  private void writeAct(@Nullable Act act) {
    if (act == null) {
      return;
    }
    json.writeStringProperty("by", act.by());
    if (!act.reason().isEmpty()) {
      json.writeStringProperty("reason", act.reason());
    }
    if (act.until() != null) {
      writeTime("until", act.until());
    }
  }

  /**
   * What somebody did.
   *
   * @param before the link of the audit event before it; absent where it is told beside the city
   */
  void writeAudit(Event.Audit audit, @Nullable String before) {
    json.writeStringProperty("kind", "audit");
    if (before != null) {
      json.writeStringProperty("before", before);
    }
    writeTime("at", audit.at());
    json.writeStringProperty("what", audit.what());
    json.writeStringProperty("subject", audit.subject());
    writeAct(audit.act());
  }

  private void writeCommission(Event.Commission commission) {
    json.writeStringProperty("kind", "commission");
    writeTime("at", commission.at());
    json.writeStringProperty("what", commission.what());
    json.writeStringProperty("asset", commission.asset());
    writeWords("set", commission.set());
    writeWords("was", commission.was());
    json.writeStringProperty("by", commission.by());
  }

  private void writeWords(String name, Map<String, String> words) {
    json.writeObjectPropertyStart(name);
    words.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private void writeKpi(Event.Kpi kpi) {
    json.writeStringProperty("kind", "kpi");
    writeTime("at", kpi.at());
    json.writeStringProperty("kpi", kpi.kpi());
    json.writeStringProperty("period", kpi.period());
    json.writeNumberProperty("good", kpi.good());
    json.writeNumberProperty("bad", kpi.bad());
    json.writeNumberProperty("unknown", kpi.unknown());
    json.writeBooleanProperty("valid", kpi.isValid());
    var limit = kpi.limit();
    if (limit != null) {
      json.writeNumberProperty("limit", limit);
    }
    json.writeStringProperty("source", kpi.source());
    json.writeNullProperty("replaces");
  }

  private void writeChain(List<Why> chain) {
    json.writeArrayPropertyStart("why");
    for (var why : chain) {
      json.writeStartObject();
      json.writeStringProperty("point", why.point().id().toString());
      if (why.measure() != null) {
        json.writeStringProperty("measure", why.measure());
      }
      json.writeName("value");
      writeValue(json, why.value());
      var limit = why.limit();
      if (limit != null) {
        json.writeName("limit");
        Numbers.write(json, limit);
      }
      writeTime("since", why.since());
      var age = why.age();
      if (age != null) {
        json.writeName("age");
        Numbers.writeSeconds(json, age.toMillis());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeResult(Event.Result result) {
    json.writeStringProperty("kind", "result");
    json.writeStringProperty("id", result.command());
    writeOutcome(json, result.outcome());
    writeTime("at", result.at());
  }

  private void writeGap(Event.Gap gap) {
    json.writeStringProperty("kind", "gap");
    writeTime("at", gap.at());
    var of = gap.of();
    if (of != null) {
      json.writeStringProperty("of", of.word());
      json.writeNumberProperty("from", gap.from());
      json.writeNumberProperty("to", gap.to());
    }
    json.writeStringProperty("reason", gap.reason());
    json.writeStringProperty("instead", gap.instead().word());
    writeInstant("first", gap.first());
    writeInstant("last", gap.last());
    json.writeNumberProperty("readings", gap.readings());
  }

  private void writeHealth(Event.Health health) {
    json.writeStringProperty("kind", "health");
    writeTime("at", health.at());
    json.writeStringProperty("what", health.what());
    json.writeStringProperty("subject", health.subject());
    json.writeArrayPropertyStart("detail");
    health.detail().forEach(json::writeString);
    json.writeEndArray();
  }

  private void writeClock(Event.Clock clock) {
    json.writeStringProperty("kind", "clock");
    writeTime("at", clock.at());
    switch (clock.shift()) {
      case Event.Clock.Shift.Mapped(var zero) -> {
        json.writeStringProperty("change", "mapped");
        json.writeStringProperty("boot", boot);
        writeInstant("zero", zero);
      }
      case Event.Clock.Shift.Stepped(var by, var followed) -> {
        json.writeStringProperty("change", "step");
        json.writeName("by");
        Numbers.writeSeconds(json, by.toMillis());
        if (followed == Event.Clock.Followed.NO) {
          json.writeBooleanProperty("followed", false);
        }
      }
    }
  }

  private void writeTime(String name, Moment at) {
    json.writeName(name);
    Numbers.writeSeconds(json, when.millis(at));
  }

  private void writeInstant(String name, @Nullable Instant at) {
    if (at != null) {
      json.writeName(name);
      Numbers.writeSeconds(json, at);
    }
  }

  /** The same words in the event and on {@code r/{id}}. */
  static void writeOutcome(JsonGenerator json, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done(var observed) -> {
        json.writeStringProperty("outcome", "done");
        if (observed != null) {
          json.writeName("observed");
          writeValue(json, observed);
        }
      }
      case Outcome.Rejected(var reason) -> {
        json.writeStringProperty("outcome", "rejected");
        json.writeStringProperty("reason", reason);
      }
      case Outcome.Failed(var reason) -> {
        json.writeStringProperty("outcome", "failed");
        json.writeStringProperty("reason", reason);
      }
      case Outcome.Expired() -> json.writeStringProperty("outcome", "expired");
    }
  }

  static void writeValue(JsonGenerator json, @Nullable Value value) {
    switch (value) {
      case null -> json.writeNull();
      case Value.Num(var number) -> Numbers.write(json, number);
      case Value.Flag(var flag) -> json.writeBoolean(flag);
      case Value.State(var word) -> json.writeString(word);
    }
  }
}

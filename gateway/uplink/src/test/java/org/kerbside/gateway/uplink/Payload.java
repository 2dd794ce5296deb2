package org.kerbside.gateway.uplink;

import static org.kerbside.gateway.uplink.Sketch.anyOf;
import static org.kerbside.gateway.uplink.Sketch.list;
import static org.kerbside.gateway.uplink.Sketch.map;
import static org.kerbside.gateway.uplink.Sketch.nothing;
import static org.kerbside.gateway.uplink.Sketch.number;
import static org.kerbside.gateway.uplink.Sketch.object;
import static org.kerbside.gateway.uplink.Sketch.one;
import static org.kerbside.gateway.uplink.Sketch.text;
import static org.kerbside.gateway.uplink.Sketch.truth;
import static org.kerbside.gateway.uplink.Sketch.value;
import static org.kerbside.gateway.uplink.Sketch.whole;
import static org.kerbside.gateway.uplink.Sketch.word;
import static org.kerbside.gateway.uplink.Sketch.words;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Got;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Mode;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Severity;
import tools.jackson.databind.node.ObjectNode;

/** The contract's payloads as JSON Schemas, their words taken from the types that are sent. */
final class Payload {

  private Payload() {}

  /** Every schema by its name. */
  static SequencedMap<String, ObjectNode> all() {
    var all = new LinkedHashMap<String, ObjectNode>();
    all.put("readings", readings());
    all.put("event", anyOf(List.copyOf(events().values())));
    all.put("state", state());
    all.put("desc", description());
    all.put("asset", asset());
    all.put("answer", answer());
    all.put("got", got());
    all.put("command", command());
    all.put("acknowledgement", acknowledgement());
    all.put("want", want());
    return all;
  }

  private static ObjectNode clock() {
    return words(ClockQuality.values(), ClockQuality::word);
  }

  private static Sketch frame(String stream) {
    return object()
        .has("v", one())
        .has("gw", text())
        .has("epoch", text())
        .has("stream", word(stream))
        .has("seq", whole(1))
        .has("clock", clock())
        .may("boot", text())
        .may("up", number());
  }

  private static ObjectNode readings() {
    var reading =
        object()
            .may("bver", whole(1))
            .may("bn", text())
            .may("bt", number())
            .has("n", text())
            .may("u", text())
            .may("v", number())
            .may("vb", truth())
            .may("vs", text())
            .may("t", number())
            .may("q", word("uncertain"))
            .may("why", text())
            .may("mean", whole(2))
            .oneOf("v", "vb", "vs")
            .done();
    var bad = object().has("n", text()).has("t", number()).has("why", text()).done();
    return frame("d")
        .may("thin", words(Stream.of(Instead.MINUTE, Instead.HOUR).map(Instead::word)))
        .has("m", list(reading))
        .may("bad", list(bad))
        .done();
  }

  /** Each kind of event; a new one stands here, or the test fails. */
  static Map<Class<? extends Event>, ObjectNode> events() {
    var events = new LinkedHashMap<Class<? extends Event>, ObjectNode>();
    events.put(Event.AlarmChanged.class, alarm());
    events.put(Event.Result.class, result());
    events.put(Event.Gap.class, gap());
    events.put(Event.Clock.class, clockEvent());
    events.put(Event.Kpi.class, kpi());
    events.put(Event.Audit.class, audit());
    events.put(Event.Commission.class, commission());
    events.put(Event.Health.class, health());
    return events;
  }

  private static Sketch event(String kind) {
    return frame("e").has("kind", word(kind)).has("at", number());
  }

  private static Sketch acted(Sketch sketch) {
    return sketch.may("by", text()).may("reason", text()).may("until", number());
  }

  private static ObjectNode act() {
    return acted(object()).has("at", number()).done();
  }

  private static ObjectNode alarm() {
    var why =
        object()
            .has("point", text())
            .may("measure", text())
            .has("value", anyOf(List.of(value(), nothing())))
            .may("limit", number())
            .has("since", number())
            .may("age", number())
            .done();
    return acted(event("alarm"))
        .has("id", text())
        .has("change", words(Event.AlarmChanged.Change.values(), Event.AlarmChanged.Change::word))
        .has("severity", words(Severity.values(), Severity::word))
        .has("state", words(Alarm.State.values(), Alarm.State::word))
        .may("since", number())
        .may("untold", whole(1))
        .may("acknowledged", act())
        .may("shelved", act())
        .may("cause", text())
        .may("effects", list(text()))
        .has("asset", text())
        .has("rule", text())
        .has("ruleVersion", text())
        .has("hold", number())
        .has("why", list(why))
        .has("text", map(text()))
        .others(text()) // the asset's labels
        .done();
  }

  private static Sketch ended(Sketch sketch) {
    return sketch
        .may("outcome", words(Stream.of("done", "rejected", "failed", "expired")))
        .may("observed", value())
        .may("reason", text());
  }

  private static ObjectNode result() {
    return ended(event("result")).has("id", text()).done();
  }

  private static ObjectNode gap() {
    return event("gap")
        .may("of", words(Stream.of("d", "e")))
        .may("from", whole(1))
        .may("to", whole(1))
        .has("reason", text())
        .has("instead", words(Instead.values(), Instead::word))
        .may("first", number())
        .may("last", number())
        .has("readings", whole(0))
        .done();
  }

  private static ObjectNode clockEvent() {
    return event("clock")
        .has("change", words(Stream.of("mapped", "step")))
        .may("zero", number())
        .may("by", number())
        .may("followed", truth())
        .done();
  }

  private static ObjectNode kpi() {
    return event("kpi")
        .has("kpi", text())
        .has("period", text())
        .has("good", whole(0))
        .has("bad", whole(0))
        .has("unknown", whole(0))
        .has("valid", truth())
        .may("limit", number())
        .has("source", text())
        .has("replaces", nothing())
        .done();
  }

  private static ObjectNode audit() {
    return acted(event("audit"))
        .has("what", text())
        .has("subject", text())
        .may("before", text())
        .done();
  }

  private static ObjectNode commission() {
    return event("commission")
        .has("what", text())
        .has("asset", text())
        .has("set", map(text()))
        .has("was", map(text()))
        .has("by", text())
        .done();
  }

  private static ObjectNode health() {
    return event("health")
        .has("what", text())
        .has("subject", text())
        .has("detail", list(text()))
        .done();
  }

  private static Sketch self() {
    return object()
        .has("v", one())
        .has("gw", text())
        .has("revision", whole(0))
        .has("software", text())
        .has("ack", words(Stream.of("broker", "platform")))
        .may("simulated", truth());
  }

  private static ObjectNode state() {
    return self()
        .has("state", words(Stream.of("online", "offline", "lost")))
        .has("epoch", text())
        .has("clock", clock())
        .may("budget", words(Stream.of("hour", "events")))
        .done();
  }

  private static ObjectNode description() {
    var point =
        object()
            .has("name", text())
            .has("type", words(Stream.of("number", "counter", "flag", "state")))
            .may("unit", text())
            .may("min", number())
            .may("max", number())
            .may("words", list(text()))
            .has("heartbeat", number())
            .may("writable", truth())
            .done();
    var asset =
        object()
            .has("id", text())
            .has("kind", text())
            .has("name", text())
            .may("parent", text())
            .has("points", list(point))
            .others(text()) // its labels
            .done();
    var rule =
        object()
            .has("name", text())
            .has("for", text())
            .has("version", text())
            .has("severity", words(Severity.values(), Severity::word))
            .has("parameters", map(text()))
            .has("source", text())
            .has("ref", text())
            .done();
    var site =
        object()
            .has("id", text())
            .has("name", text())
            .has("timezone", text())
            .has("latitude", number())
            .has("longitude", number())
            .done();
    return self()
        .has("site", site)
        .has("assets", list(asset))
        .has("rules", list(rule))
        .has("schema", text())
        .done();
  }

  private static ObjectNode asset() {
    var point =
        object()
            .may("v", anyOf(List.of(value(), nothing())))
            .may("t", number())
            .may("q", words(DataState.values(), DataState::word))
            .done();
    var owner = object().has("by", text()).may("until", number()).may("trouble", text()).done();
    return object()
        .has("v", one())
        .has("asset", text())
        .has("kind", text())
        .has(
            "condition",
            words(
                Stream.concat(
                    Stream.of("normal"), Stream.of(Severity.values()).map(Severity::word))))
        .has("data", words(DataState.values(), DataState::word))
        .has("mode", words(Mode.values(), Mode::word))
        .has("points", map(point))
        .has("owner", map(owner))
        .has("alarms", list(text()))
        .done();
  }

  private static ObjectNode answer() {
    return ended(object().has("v", one()).has("id", text()))
        .may("progress", words(Progress.values(), Progress::word))
        .may("detail", text())
        .may("at", number())
        .oneOf("progress", "outcome")
        .done();
  }

  private static ObjectNode got() {
    return object()
        .has("v", one())
        .may("want", whole(1))
        .has("revision", whole(0))
        .has("result", words(Got.Result.values(), Got.Result::word))
        .has("diagnostics", list(text()))
        .done();
  }

  private static ObjectNode command() {
    return object()
        .may("v", one())
        .may("gw", text())
        .may("id", text())
        .has("op", words(Stream.of("set", "ack", "shelve", "unshelve", "maintenance", "did")))
        .may("point", text())
        .may("alarm", text())
        .may("asset", text())
        .may("value", anyOf(List.of(value(), nothing())))
        .may("reason", text())
        .may("by", text())
        .may("issued", number())
        .may("expires", number())
        .may("lease", number().put("exclusiveMinimum", 0))
        .may("sig", text())
        .done();
  }

  private static ObjectNode acknowledgement() {
    var span = list(whole(1)).put("minItems", 2).put("maxItems", 2);
    return object()
        .has("stream", words(Stream.of("d", "e")))
        .has("epoch", text())
        .has("seq", whole(0))
        .may("need", list(span))
        .done();
  }

  private static ObjectNode want() {
    return object()
        .has("v", one())
        .has("gw", text())
        .has("number", whole(1))
        .has("files", map(text()).put("maxProperties", WantReader.MOST_FILES))
        .may("probation", whole(1).put("maximum", 3600))
        .has("sig", text())
        .done();
  }
}

package org.kerbside.gateway.uplink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Severity;
import tools.jackson.core.JsonGenerator;

/**
 * What is to be told on {@code a/{asset}} during one connection: each asset once, then what
 * changed; that a value was heard again is no change. Holds at most one waiting payload an asset.
 * Confined to the uplink's thread.
 */
final class AssetBoard {

  private final Topics topics;
  private final Map<String, List<@Nullable Object>> told = new HashMap<>(); // essences
  private final Map<String, byte[]> waiting = new LinkedHashMap<>();
  private @Nullable Overview before;

  AssetBoard(Topics topics) {
    this.topics = topics;
  }

  /** To be called at most once a second: that is the pace of {@code a/{asset}}. */
  void look(Overview overview) {
    var last = before;
    if (last != null && last.revision() == overview.revision()) {
      return;
    }
    before = overview;
    boolean isAlike = last != null && isAlike(last, overview);
    var alarms = alarms(overview);
    for (var asset : overview.assets()) {
      if (last != null && isAlike && isUntouched(asset, last, overview)) {
        continue;
      }
      var own = alarms.getOrDefault(asset.id(), NO_ALARMS);
      var essence = essence(asset, overview, own);
      if (!essence.equals(told.put(asset.id(), essence))) {
        waiting.put(asset.id(), payload(asset, overview, own));
      }
    }
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  Message next() {
    var first = waiting.entrySet().iterator().next();
    waiting.remove(first.getKey());
    return Message.retained(Lane.ASSETS, topics.asset(first.getKey()), first.getValue());
  }

  private static final Alarm[] NO_ALARMS = {};

  /** Whether nothing is other but what points say: so it is from most seconds to the next. */
  private static boolean isAlike(Overview before, Overview now) {
    return now.alarms().equals(before.alarms())
        && now.owners().equals(before.owners())
        && now.works().equals(before.works());
  }

  /** What nobody says anything of grows old all the same. */
  private static boolean isUntouched(Asset asset, Overview before, Overview now) {
    for (var point : asset.points()) {
      var seen = now.of(point);
      if (!seen.equals(before.of(point)) || seen.state(now.now()) != seen.state(before.now())) {
        return false;
      }
    }
    return true;
  }

  /** All that a payload is made of, but for when each value was heard. */
  private static List<@Nullable Object> essence(Asset asset, Overview overview, Alarm[] alarms) {
    var essence =
        new ArrayList<@Nullable Object>(3 * asset.points().size() + 3 * alarms.length + 1);
    essence.add(overview.works().get(asset.id()));
    for (var point : asset.points()) {
      var seen = overview.of(point);
      essence.add(seen.last() == null ? null : seen.last().value());
      essence.add(seen.state(overview.now()));
      essence.add(overview.owners().get(point.index()));
    }
    for (var alarm : alarms) {
      essence.add(alarm.id());
      essence.add(alarm.severity());
      essence.add(alarm.isAnnounced());
    }
    return essence;
  }

  private static Map<String, Alarm[]> alarms(Overview overview) {
    var byAsset = new HashMap<String, Alarm[]>();
    for (var alarm : overview.alarms()) {
      if (alarm.isActive()) {
        byAsset.merge(alarm.asset(), new Alarm[] {alarm}, AssetBoard::joined);
      }
    }
    return byAsset;
  }

  private static Alarm[] joined(Alarm[] some, Alarm[] more) {
    var all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static byte[] payload(Asset asset, Overview overview, Alarm[] alarms) {
    return Payloads.json(
        json -> {
          json.writeStringProperty("asset", asset.id());
          json.writeStringProperty("kind", asset.kind().name());
          json.writeStringProperty("condition", condition(alarms));
          json.writeStringProperty("data", worst(asset, overview).word());
          json.writeStringProperty("mode", overview.mode(asset).word());
          json.writeObjectPropertyStart("points");
          asset.points().forEach(point -> writePoint(json, point, overview));
          json.writeEndObject();
          json.writeObjectPropertyStart("owner");
          asset.points().forEach(point -> writeOwner(json, point, overview));
          json.writeEndObject();
          json.writeArrayPropertyStart("alarms");
          for (var alarm : alarms) {
            json.writeString(alarm.id());
          }
          json.writeEndArray();
        });
  }

  private static void writePoint(JsonGenerator json, Point point, Overview overview) {
    var last = overview.of(point).last();
    if (last == null) {
      return;
    }
    json.writeObjectPropertyStart(point.name());
    if (last.value() != null) {
      json.writeName("v");
      EventWriter.writeValue(json, last.value());
    }
    if (last.at().clock() != ClockQuality.NONE) {
      Payloads.writeTime(json, "t", last.at().wall());
    }
    var state = overview.of(point).state(overview.now());
    if (state != DataState.GOOD) {
      json.writeStringProperty("q", state.word());
    }
    json.writeEndObject();
  }

  private static void writeOwner(JsonGenerator json, Point point, Overview overview) {
    var owner = overview.owners().get(point.index());
    if (owner == null) {
      return;
    }
    json.writeObjectPropertyStart(point.name());
    json.writeStringProperty("by", owner.by());
    var until = owner.until();
    if (until != null && until.clock() != ClockQuality.NONE) {
      Payloads.writeTime(json, "until", until.wall());
    }
    if (owner.trouble() != null) {
      json.writeStringProperty("trouble", owner.trouble());
    }
    json.writeEndObject();
  }

  private static String condition(Alarm[] alarms) {
    @Nullable Severity worst = null;
    for (var alarm : alarms) {
      if (alarm.isAnnounced() && (worst == null || alarm.severity().compareTo(worst) > 0)) {
        worst = alarm.severity();
      }
    }
    return worst == null ? "normal" : worst.word();
  }

  /** Of the points that ever spoke: a kind has points that this asset's device may not measure. */
  private static DataState worst(Asset asset, Overview overview) {
    var worst = DataState.NEVER;
    boolean anySpoke = false;
    for (var point : asset.points()) {
      var state = overview.of(point).state(overview.now());
      if (state != DataState.NEVER && (!anySpoke || state.compareTo(worst) < 0)) {
        worst = state;
        anySpoke = true;
      }
    }
    return worst;
  }
}

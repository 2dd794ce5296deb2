package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/** Which assets people work on, who, and until when: each ends by itself. */
final class Upkeep {

  private final Map<String, Act> works = new LinkedHashMap<>();
  private Map<String, Act> told = Map.of(); // the same, for others' threads

  boolean isOn(String asset) {
    return !works.isEmpty() && works.containsKey(asset);
  }

  /** By the asset's id; the same map as long as nothing changes. */
  Map<String, Act> works() {
    return told;
  }

  void begin(String asset, Act act) {
    works.put(asset, act);
    told = Map.copyOf(works);
  }

  boolean end(String asset) {
    boolean wasOn = works.remove(asset) != null;
    told = Map.copyOf(works);
    return wasOn;
  }

  /** Ends those whose time has come; returns their assets. */
  List<String> end(Moment now, List<Event> events) {
    if (works.isEmpty()) {
      return List.of();
    }
    var ended = new ArrayList<String>();
    works.forEach(
        (asset, act) -> {
          if (act.until() != null && !now.isBefore(act.until())) {
            ended.add(asset);
          }
        });
    for (var asset : ended) {
      end(asset);
      events.add(new Event.Audit(now, Handling.ENDED, asset, null));
    }
    return ended;
  }

  /** When the next one ends, since boot. */
  @Nullable Duration wake() {
    Duration next = null;
    for (var act : works.values()) {
      next = Engine.earlier(next, act.until() == null ? null : act.until().sinceBoot());
    }
    return next;
  }
}

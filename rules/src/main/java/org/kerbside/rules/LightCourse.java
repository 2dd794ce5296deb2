package org.kerbside.rules;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Value;

/** A programme of lamps under way. */
final class LightCourse implements Course {

  private final Lighting lighting;
  private final Map<Lighting.Place, Photocell> cells = new LinkedHashMap<>();

  // What the nights last said: the sun is dear to ask.
  private Nights.@Nullable Now last;
  private Instant asked = Instant.MIN;

  LightCourse(Lighting lighting) {
    this.lighting = lighting;
    for (var place : lighting.places()) {
      if (lighting.darkBelow() != null) {
        cells.put(place, new Photocell(lighting.darkBelow(), place.sensors()));
      }
    }
  }

  @Override
  public void decide(Look look, Draft draft) {
    for (var place : lighting.places()) {
      var cell = cells.get(place);
      var dark = cell == null ? Truth.UNKNOWN : cell.look(look, draft);
      var value = value(look, dark, draft);
      place.outputs().forEach(output -> draft.order(output, value, lighting.name()));
    }
  }

  /** Lamps follow from what is; a photocell says anew what it sees. */
  @Override
  public Note note() {
    return new Note();
  }

  @Override
  public void recall(Note note, Moment now) {}

  private Value value(Look look, Truth dark, Draft draft) {
    var wall = look.wall();
    if (wall == null) {
      return withoutClock(look, dark, draft);
    }
    var value = scheduled(wall, draft);
    return dark == Truth.TRUE && Nights.light(value) == 0 ? lighting.nights().brightest() : value;
  }

  /** The photocell, then the last known schedule, then on. */
  private Value withoutClock(Look look, Truth dark, Draft draft) {
    var reckoned = look.reckoned();
    return switch (dark) {
      case TRUE -> lighting.withoutClock();
      case FALSE -> lighting.nights().darkest();
      case UNKNOWN -> reckoned == null ? lighting.withoutClock() : scheduled(reckoned, draft);
    };
  }

  private Value scheduled(Instant wall, Draft draft) {
    var now = last;
    boolean holds =
        now != null && !wall.isBefore(asked) && now.until() != null && wall.isBefore(now.until());
    if (now == null || !holds) {
      now = lighting.nights().at(wall);
      last = now;
      asked = wall;
    }
    draft.waits(now.until(), wall);
    return now.value();
  }
}

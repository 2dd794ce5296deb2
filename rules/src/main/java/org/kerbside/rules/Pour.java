package org.kerbside.rules;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;
import org.kerbside.rules.Watering.Spot;

/**
 * What one zone gets: how long its valve was open and how much it had. Time counts only while the
 * desk has it open. Belongs to the thread of its {@link Programmes.Memory}.
 */
final class Pour {

  /** A valve that an interlock or another issuer keeps shut for so long loses its turn. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Spot spot;
  private @Nullable Point counter; // the first that was known
  private @Nullable Double stand;
  private double water; // m3
  private Duration ran = Duration.ZERO;
  private Duration idle = Duration.ZERO;
  private Moment looked;
  private boolean wasOpen;

  Pour(Spot spot, Moment now) {
    this.spot = spot;
    looked = now;
  }

  /** What must not be forgotten with the process. */
  Note note() {
    return new Note()
        .put("ran", ran)
        .put("water", new Value.Num(water))
        .put("counter", counter == null ? null : counter.id().toString())
        .put("stand", stand == null ? null : new Value.Num(stand));
  }

  /** One that an earlier process had begun. */
  static Pour recall(Spot spot, Note note, Moment now) {
    var pour = new Pour(spot, now);
    var ran = note.span("ran");
    var water = note.real("water");
    pour.ran = ran == null ? Duration.ZERO : ran;
    pour.water = water == null ? 0 : water;
    pour.counter =
        spot.counters().stream()
            .filter(point -> point.id().toString().equals(note.text("counter")))
            .findFirst()
            .orElse(null);
    pour.stand = pour.counter == null ? null : note.real("stand");
    return pour;
  }

  void look(Look look) {
    var passed = look.now().since(looked);
    if (wasOpen) {
      ran = ran.plus(passed);
      idle = Duration.ZERO;
    } else {
      idle = idle.plus(passed);
    }
    looked = look.now();
    wasOpen = look.isOrderedOn(spot.valve());
    measure(look);
  }

  /** A counter that falls was exchanged or reset: it goes on from there. */
  private void measure(Look look) {
    if (counter == null) {
      counter =
          spot.counters().stream()
              .filter(point -> look.number(point) != null)
              .findFirst()
              .orElse(null);
    }
    Double now = counter == null ? null : look.number(counter);
    if (now == null) {
      return;
    }
    water += stand == null ? 0 : Math.max(0, now - stand);
    stand = now;
  }

  Duration ran() {
    return ran;
  }

  double water() {
    return water;
  }

  boolean isHeldBack() {
    return !wasOpen && idle.compareTo(PATIENCE) >= 0;
  }

  /** When it is to be looked at again: soon until the valve is open, then when its time is over. */
  Duration left(Duration length) {
    return wasOpen ? length.minus(ran) : SOON;
  }
}

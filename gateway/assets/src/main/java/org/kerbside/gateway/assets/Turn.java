package org.kerbside.gateway.assets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/** One turn of derivation as a step sees it: what is known, and where it tells. */
final class Turn {

  private final Derive derive;
  private final Derive.Memory memory;
  private final Moment now;
  private final List<Reading> made;
  private final List<Event.Health> events = new ArrayList<>();

  Turn(Derive derive, Derive.Memory memory, Moment now, int expected) {
    this.derive = derive;
    this.memory = memory;
    this.now = now;
    this.made = new ArrayList<>(expected + 8);
  }

  Moment now() {
    return now;
  }

  @Nullable Reading latest(@Nullable Point point) {
    return point == null ? null : memory.latest(point.index());
  }

  /** The latest number of a point, NaN where it is bad or was never heard. */
  double number(@Nullable Point point) {
    var latest = latest(point);
    return latest != null && latest.value() instanceof Value.Num(var number) ? number : Double.NaN;
  }

  /** A count that a frame has told already, where a snapshot is older. */
  long atLeast(Point counter, long count) {
    double told = number(counter);
    return Double.isNaN(told) ? count : Math.max(count, Math.round(told));
  }

  /** What a point's device said is so; goes on in the place of what it said. */
  void pass(Reading reading) {
    derive.enter(this, reading);
  }

  /** What follows for another point; a device that tells it itself knows better. */
  void tell(Reading follows) {
    if (!memory.isOwn(follows.point().index())) {
      derive.enter(this, memory.youngest(follows));
    }
  }

  /** What follows from an input, or from time alone where there is none. */
  void tell(Point point, Value value, Quality quality, @Nullable Reading input) {
    tell(
        input == null
            ? new Reading(point, value, quality, now, Reading.Timing.RECEIPT)
            : new Reading(point, value, quality, input.at(), input.timing()));
  }

  /** Tells a fact that no rule judges. */
  void report(String what, Point subject, String detail) {
    events.add(new Event.Health(now, what, subject.toString(), List.of(detail)));
  }

  /** Where people work on an asset, what it tells may be of their making. */
  void add(Reading reading) {
    boolean isWorkedOn = isWorkedOn(reading.point().id().asset());
    made.add(isWorkedOn ? reading.doubted(Reason.MAINTENANCE) : reading);
  }

  boolean isWorkedOn(String asset) {
    return memory.isWorkedOn(asset);
  }

  Derive.Memory memory() {
    return memory;
  }

  Derived made() {
    return new Derived(made, events);
  }
}

package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Event.AlarmChanged.Change;
import org.kerbside.gateway.model.Moment;

/** What is told of alarms in one turn: an alarm that flaps floods nobody. */
final class Teller {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_EFFECTS = 100; // told with their cause

  private final Roots roots;
  private final Memory memory;
  private final Moment now;
  private final List<Event> events;

  Teller(Roots roots, Memory memory, Moment now, List<Event> events) {
    this.roots = roots;
    this.memory = memory;
    this.now = now;
    this.events = events;
  }

  /** The first changes of an hour are told; what is more is folded into one at its end. */
  void tell(int index, Alarm alarm, Change change) {
    var standing = memory.standing(index);
    var hour = standing.hour;
    if (hour == null || now.sinceBoot().compareTo(hour.plus(HOUR)) >= 0) {
      standing.hour = now.sinceBoot();
      standing.told = 0;
    }
    standing.latest = alarm;
    memory.alarmsChanged();
    if (standing.told == Engine.MOST_CHANGES) {
      standing.folded++;
      return;
    }
    standing.told++;
    standing.isToldUp = change != Change.CLEARED;
    events.add(changed(index, alarm, change, null, 0));
  }

  void unfold(int index) {
    var standing = memory.standing(index);
    var end = hourEnd(standing);
    if (end == null || standing.latest == null || now.sinceBoot().compareTo(end) < 0) {
      return;
    }
    var change =
        !standing.latest.isActive()
            ? Change.CLEARED
            : standing.isToldUp ? Change.UPDATED : Change.RAISED;
    events.add(changed(index, standing.latest, change, null, standing.folded));
    standing.isToldUp = change != Change.CLEARED;
    standing.hour = now.sinceBoot();
    standing.told = 1;
    standing.folded = 0;
  }

  /** What people do is told each time: they are not many. */
  void tellDone(int index, Alarm alarm, Change change, @Nullable Act act) {
    memory.alarmsChanged();
    events.add(changed(index, alarm, change, act, 0));
  }

  private Event changed(int index, Alarm alarm, Change change, @Nullable Act act, int untold) {
    var effects =
        IntStream.of(roots.effects()[index])
            .mapToObj(effect -> memory.standing(effect).alarm)
            .filter(effect -> effect != null && alarm.id().equals(effect.care().cause()))
            .limit(MOST_EFFECTS)
            .map(Alarm::id)
            .toList();
    return new Event.AlarmChanged(now, change, alarm, act, effects, untold);
  }

  static @Nullable Duration hourEnd(Standing standing) {
    return standing.folded == 0 || standing.hour == null ? null : standing.hour.plus(HOUR);
  }
}

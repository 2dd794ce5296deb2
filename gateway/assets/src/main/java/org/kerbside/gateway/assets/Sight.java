package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * What door and presence show of a stall; times since boot.
 *
 * @param turns when the door last turned, the eldest first
 * @param asked when it was last looked at
 * @param lost why an input is unknown, the last reason of all
 */
record Sight(
    Door door,
    Duration doorSince,
    Presence presence,
    Duration presenceSince,
    List<Duration> turns,
    Duration asked,
    Reason lost) {

  private static final int FLAPPING = 20; // turns of a door in so long a time
  private static final Duration FLAPS = Duration.ofMinutes(10);

  static final Sight NOTHING =
      new Sight(
          Door.UNKNOWN,
          Duration.ZERO,
          Presence.UNKNOWN,
          Duration.ZERO,
          List.of(),
          Duration.ZERO,
          Reason.SILENT);

  /** The reed. */
  enum Door {
    UNKNOWN,
    OPEN,
    SHUT
  }

  /** The radar, or whatever sees. */
  enum Presence {
    UNKNOWN,
    NONE,
    SOMEBODY
  }

  Sight {
    turns = List.copyOf(turns);
  }

  Sight door(Reading shut, Duration now) {
    var seen =
        shut.value() instanceof Value.Flag(var flag) ? flag ? Door.SHUT : Door.OPEN : Door.UNKNOWN;
    if (seen == door) {
      return asked(now, shut);
    }
    var recent = new ArrayList<Duration>();
    if (door != Door.UNKNOWN && seen != Door.UNKNOWN) {
      turns.stream().filter(turn -> now.minus(turn).compareTo(FLAPS) < 0).forEach(recent::add);
      recent.add(now);
    }
    var last = recent.size() > FLAPPING + 1 ? recent.subList(1, recent.size()) : recent;
    return new Sight(seen, now, presence, presenceSince, last, now, lost).asked(now, shut);
  }

  Sight presence(Reading sight, Duration now) {
    var seen =
        sight.value() instanceof Value.State(var word)
            ? word.equals("none") ? Presence.NONE : Presence.SOMEBODY
            : Presence.UNKNOWN;
    return seen == presence
        ? asked(now, sight)
        : new Sight(door, doorSince, seen, now, turns, now, lost).asked(now, sight);
  }

  private Sight asked(Duration now, Reading input) {
    var reason = input.quality() instanceof Quality.Bad(var why) ? why : lost;
    return new Sight(door, doorSince, presence, presenceSince, turns, now, reason);
  }

  Sight asked(Duration now) {
    return new Sight(door, doorSince, presence, presenceSince, turns, now, lost);
  }

  /** Why nothing can be told from it; null where something can. */
  @Nullable Reason useless(Duration now) {
    if (isFlapping(now)) {
      return Reason.FLAPPING;
    }
    if (presence == Presence.UNKNOWN && lost.equals(Reason.NOT_CALIBRATED)) {
      return lost;
    }
    return door == Door.UNKNOWN && presence == Presence.UNKNOWN ? lost : null;
  }

  private boolean isFlapping(Duration now) {
    return turns.stream().filter(turn -> now.minus(turn).compareTo(FLAPS) < 0).count() > FLAPPING;
  }

  /** When a flapping door has calmed down, if it stays as it is. */
  Duration calmAt() {
    return turns.size() <= FLAPPING
        ? Duration.ZERO
        : turns.get(turns.size() - FLAPPING - 1).plus(FLAPS);
  }

  boolean isOneEyed() {
    return door == Door.UNKNOWN || presence == Presence.UNKNOWN;
  }

  /** How far apart the last turns of both are. */
  Duration apart() {
    return doorSince.minus(presenceSince).abs();
  }

  /** Since when both are as they are. */
  Duration bothSince() {
    return doorSince.compareTo(presenceSince) >= 0 ? doorSince : presenceSince;
  }

  void note(Notes notes) {
    notes
        .put("door", door)
        .time("door-since", doorSince)
        .put("presence", presence)
        .time("presence-since", presenceSince);
  }

  /** What is lost says for itself why, soon enough; turns of the door begin anew. */
  static Sight recall(Notes notes) {
    var doorSince = notes.time("door-since");
    var presenceSince = notes.time("presence-since");
    return doorSince == null || presenceSince == null
        ? NOTHING
        : new Sight(
            notes.word("door", Door.UNKNOWN),
            doorSince,
            notes.word("presence", Presence.UNKNOWN),
            presenceSince,
            List.of(),
            presenceSince.compareTo(doorSince) > 0 ? presenceSince : doorSince,
            Reason.SILENT);
  }
}

package org.kerbside.rules;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One rule on a small site, alone: what moves it, and what it makes of moves. */
final class Ruled {

  private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-07-01T12:00+08:00");

  /** What is counted by the day has stood still before it begins. */
  private static final ZonedDateTime MIDNIGHT = ZonedDateTime.parse("2026-06-30T23:55+08:00");

  /** A play: how each lever moves. */
  record Play(Map<Lever, Lever.Move> moves) {

    Play {
      moves = Collections.unmodifiableMap(new LinkedHashMap<>(moves));
    }

    List<Happening> at(Duration at) {
      return moves.entrySet().stream()
          .flatMap(entry -> entry.getKey().happenings(entry.getValue(), at).stream())
          .toList();
    }

    Play with(Lever lever, Lever.Move move) {
      var changed = new LinkedHashMap<>(moves);
      changed.put(lever, move);
      return new Play(changed);
    }

    boolean isSteady() {
      return moves.values().stream()
          .noneMatch(move -> move instanceof Lever.Move.Step || move instanceof Lever.Move.Flap);
    }
  }

  final Watch watch;
  final List<Lever> levers;
  private final Shipped shipped;

  Ruled(Shipped shipped, String rule, String kind) {
    watch = shipped.watch(rule, kind + "-1");
    this.shipped = shipped;
    levers = Lever.of(watch);
  }

  /** How long to watch. */
  Duration span() {
    return levers.stream().anyMatch(lever -> lever.later().toHours() > 1)
        ? Duration.ofDays(6)
        : Duration.ofHours(isByTheDay() ? 40 : 3);
  }

  /** Whether it asks for the time of the day, or over one. */
  boolean isByTheDay() {
    return watch.inputs().stream()
        .anyMatch(
            input ->
                (input.slot() instanceof Slot.Asks(var civil) && civil instanceof Civil.After)
                    || (input.slot() instanceof Slot.Windowed window && window.length().isCivil()));
  }

  Duration hold() {
    return watch.rule().course().hold();
  }

  Duration clearHold() {
    return watch.rule().course().clearHold();
  }

  List<Transcript.Entry> run(List<Happening> feed, Duration until) {
    var rehearsal = shipped.rehearsal(watch, isByTheDay() ? MIDNIGHT : NOON);
    rehearsal.run(feed, until);
    return rehearsal.entries();
  }

  /** When an alarm first changed so; null when it never did. */
  @Nullable Duration first(String change, List<Happening> feed, Duration until) {
    return run(feed, until).stream()
        .filter(entry -> entry.said().startsWith(change + " "))
        .map(Transcript.Entry::at)
        .findFirst()
        .orElse(null);
  }

  /** The plainest play after which something holds; null when none is found. */
  @Nullable Play find(Predicate<Play> wanted) {
    return find(levers, new LinkedHashMap<>(), 0, wanted);
  }

  /** First without any move, then with one lever that moves. */
  private @Nullable Play find(
      List<Lever> rest, Map<Lever, Lever.Move> chosen, int unused, Predicate<Play> wanted) {
    for (int moving = 0; moving <= 1; moving++) {
      var found = search(rest, chosen, moving, wanted);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Play search(
      List<Lever> rest, Map<Lever, Lever.Move> chosen, int moving, Predicate<Play> wanted) {
    if (rest.isEmpty()) {
      var play = new Play(chosen);
      return moving == 0 && wanted.test(play) ? play : null;
    }
    var lever = rest.getFirst();
    for (var move : lever.moves()) {
      boolean moves = move instanceof Lever.Move.Step || move instanceof Lever.Move.Flap;
      if (moves && moving == 0) {
        continue;
      }
      chosen.put(lever, move);
      var found = search(rest.subList(1, rest.size()), chosen, moving - (moves ? 1 : 0), wanted);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}

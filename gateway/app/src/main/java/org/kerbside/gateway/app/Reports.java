package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/**
 * Health events about refused messages: the first of a kind and subject at once, then one every ten
 * minutes with the count, so that a broken sensor floods nobody. Belongs to control's thread.
 */
final class Reports {

  static final Duration PACE = Duration.ofMinutes(10);

  /** Subjects that are told apart; whoever invents names is told under one, {@link #OTHERS}. */
  static final int SUBJECTS = 200;

  static final String OTHERS = "others";

  private record Key(String what, String subject) {}

  private static final class Tally {
    private Moment told;
    private long since; // how many came after the last one told

    private Tally(Moment told) {
      this.told = told;
    }
  }

  private final Map<Key, Tally> tallies = new HashMap<>();

  /** Adds the event that is due now, if one is. */
  void add(String what, String subject, String problem, Moment now, List<Event> events) {
    var key = key(what, subject, now);
    var tally = tallies.get(key);
    if (tally == null) {
      tallies.put(key, new Tally(now));
      events.add(new Event.Health(now, what, key.subject(), List.of(problem)));
      return;
    }
    tally.since++;
    if (isOver(tally, now)) {
      var detail = new ArrayList<String>();
      detail.add(problem);
      detail.add("%d more since".formatted(tally.since - 1));
      events.add(new Event.Health(now, what, key.subject(), detail));
      tally.told = now;
      tally.since = 0;
    }
  }

  private Key key(String what, String subject, Moment now) {
    var key = new Key(what, subject);
    if (tallies.size() < SUBJECTS || tallies.containsKey(key)) {
      return key;
    }
    tallies.values().removeIf(tally -> isOver(tally, now));
    return tallies.size() < SUBJECTS ? key : new Key(what, OTHERS);
  }

  private static boolean isOver(Tally tally, Moment now) {
    return now.since(tally.told).compareTo(PACE) >= 0;
  }
}

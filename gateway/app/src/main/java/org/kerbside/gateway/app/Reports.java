package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private static final int SUBJECTS = 1_000;

  private record Key(String what, String subject) {}

  private static final class Tally {
    private Moment told;
    private long since; // how many came after the last one told

    private Tally(Moment told) {
      this.told = told;
    }
  }

  private final Map<Key, Tally> tallies =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Tally> eldest) {
          return size() > SUBJECTS;
        }
      };

  /** Adds the event that is due now, if one is. */
  void add(String what, String subject, String problem, Moment now, List<Event> events) {
    var key = new Key(what, subject);
    var tally = tallies.get(key);
    if (tally == null) {
      tallies.put(key, new Tally(now));
      events.add(new Event.Health(now, what, subject, List.of(problem)));
      return;
    }
    tally.since++;
    if (now.since(tally.told).compareTo(PACE) >= 0) {
      var detail = new ArrayList<String>();
      detail.add(problem);
      detail.add("%d more since".formatted(tally.since - 1));
      events.add(new Event.Health(now, what, subject, detail));
      tally.told = now;
      tally.since = 0;
    }
  }
}

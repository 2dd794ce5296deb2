package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/**
 * Health events about refused messages: the first of a kind and subject at once, then one every ten
 * minutes with the count, so that a broken sensor floods nobody. Of one kind at most a hundred
 * subjects are named in that time, so that strangers with ever new names do not either. Belongs to
 * control's thread.
 */
final class Reports {

  static final Duration PACE = Duration.ofMinutes(10);

  /** So many subjects of a kind are named in {@link #PACE}; others are counted. */
  static final int NAMED = 100;

  private static final int REMEMBERED = 1_000; // subjects
  private static final int REASONS = 8; // of one message

  private record Key(String what, String subject) {}

  /** What came of one subject. */
  private static final class Tally {
    private Moment told;
    private long since; // how many came after the last one told

    private Tally(Moment told) {
      this.told = told;
    }
  }

  /** How many subjects of one kind came in the present ten minutes. */
  private static final class Crowd {
    private final Moment began;
    private int named;
    private long unnamed; // messages

    private Crowd(Moment began) {
      this.began = began;
    }

    private boolean isOver(Moment now) {
      return now.since(began).compareTo(PACE) >= 0;
    }
  }

  private final Map<String, Crowd> crowds = new HashMap<>(); // by kind: there are a few words
  private final Map<Key, Tally> tallies =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Tally> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Adds the event that is due now, if one is.
   *
   * @param problems of one message
   */
  void add(String what, String subject, List<String> problems, Moment now, List<Event> events) {
    var key = new Key(what, subject);
    var tally = tallies.get(key);
    if (tally == null) {
      first(key, problems, now, events);
      return;
    }
    tally.since++;
    if (now.since(tally.told).compareTo(PACE) >= 0) {
      var detail = reasons(problems);
      detail.add("%d more since".formatted(tally.since - 1));
      events.add(new Event.Health(now, what, subject, detail));
      tally.told = now;
      tally.since = 0;
    }
  }

  private void first(Key key, List<String> problems, Moment now, List<Event> events) {
    var detail = reasons(problems);
    var crowd = crowds.get(key.what());
    if (crowd == null || crowd.isOver(now)) {
      if (crowd != null && crowd.unnamed > 0) {
        detail.add("%d more before, of others".formatted(crowd.unnamed));
      }
      crowd = new Crowd(now);
      crowds.put(key.what(), crowd);
    }
    if (crowd.named == NAMED) {
      crowd.unnamed++;
      return;
    }
    crowd.named++;
    if (crowd.named == NAMED) {
      detail.add("others are only counted for up to %d min".formatted(PACE.toMinutes()));
    }
    tallies.put(key, new Tally(now));
    events.add(new Event.Health(now, key.what(), key.subject(), detail));
  }

  private static List<String> reasons(List<String> problems) {
    var reasons = new ArrayList<>(problems.subList(0, Math.min(REASONS, problems.size())));
    if (problems.size() > REASONS) {
      reasons.add("and %d more records".formatted(problems.size() - REASONS));
    }
    return reasons;
  }
}

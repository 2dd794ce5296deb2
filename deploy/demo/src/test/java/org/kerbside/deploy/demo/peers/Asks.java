package org.kerbside.deploy.demo.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * What a line sees of its master's schedule: whom it asks in which order, and when.
 *
 * @param dead the device that answers no more
 */
record Asks(int dead, List<Ask> all) {

  Asks {
    all = List.copyOf(all);
  }

  /**
   * One request.
   *
   * @param at ns, of any monotonic clock
   */
  record Ask(int unit, long at) {}

  /** Those of that time, ns: the first included, the last not. */
  Asks between(long from, long until) {
    return new Asks(
        dead, all.stream().filter(ask -> ask.at() >= from && ask.at() < until).toList());
  }

  /** Those behind the first so many tries of the dead one. */
  Asks behindTries(int tries) {
    int left = tries;
    int at = 0;
    while (left > 0) {
      left -= all.get(at).unit() == dead ? 1 : 0;
      at++;
    }
    return new Asks(dead, all.subList(at, all.size()));
  }

  /** How often the dead one was asked. */
  long tries() {
    return all.stream().filter(ask -> ask.unit() == dead).count();
  }

  /** The most that were spent on the dead one between two polls of anyone else. */
  int mostTriesBetweenPolls() {
    int most = 0;
    int tries = 0;
    Map<Integer, Integer> before = new HashMap<>(); // unit → tries by then
    for (var ask : all) {
      if (ask.unit() == dead) {
        tries++;
      } else {
        var last = before.put(ask.unit(), tries);
        most = last == null ? most : Math.max(most, tries - last);
      }
    }
    return most;
  }

  /** Between two polls of one device that lives, ns. */
  LongSummaryStatistics periods() {
    Map<Integer, Long> last = new HashMap<>();
    var periods = new ArrayList<Long>();
    for (var ask : all) {
      var before = ask.unit() == dead ? null : last.put(ask.unit(), ask.at());
      if (before != null) {
        periods.add(ask.at() - before);
      }
    }
    return periods.stream().mapToLong(Long::longValue).summaryStatistics();
  }

  @Override
  public String toString() {
    var periods = periods();
    return "%d polls, %.1f ms apart, %.1f to %.1f; %d tries"
        .formatted(
            periods.getCount(),
            periods.getAverage() / 1e6,
            periods.getMin() / 1e6,
            periods.getMax() / 1e6,
            tries());
  }
}

package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;

/** What a journal promised up to an instant, and whether what is left of it keeps that. */
final class Promises {

  private @Nullable String epoch;
  private boolean isDamaged; // since then a new epoch may begin, which has promised nothing yet
  private long readings;
  private long events;
  private long city;
  private @Nullable String key;
  private final List<String> commands = new ArrayList<>();
  private final List<String> refused = new ArrayList<>(); // commands too
  private final Map<Long, Integer> frames = new HashMap<>(); // how many readings, by seq

  /** As {@link Life} says it. */
  void take(String promise) {
    var words = promise.split(" ", -1);
    switch (words[0]) {
      case "epoch" -> {
        if (!words[1].equals(epoch)) {
          forget();
        }
        epoch = words[1];
      }
      case "kept" -> {
        readings = Long.parseLong(words[1]);
        events = Long.parseLong(words[2]);
      }
      case "key" -> key = words[1];
      case "frame" -> frames.put(Long.parseLong(words[1]), Integer.parseInt(words[2]));
      case "command" -> commands.add(words[1]);
      case "refused" -> refused.add(words[1]);
      case "city" -> city = Long.parseLong(words[1]);
      case "damaged" -> isDamaged = true;
      default -> throw new AssertionError("nobody promises '" + promise + "'");
    }
  }

  private void forget() {
    readings = 0;
    events = 0;
    city = 0;
    key = null;
    commands.clear();
    refused.clear();
    frames.clear();
  }

  /** Opens what is left, looks, and goes on with it. */
  void areKeptBy(Path folder) throws Exception {
    var clock = new HandClock();
    clock.stepWall(Duration.ofDays(1));
    try (var bench = new Bench(folder, new PlainWire(), clock)) {
      var journal = bench.journal;
      boolean isNew = epoch == null || isDamaged && !journal.epoch().equals(epoch);
      if (!isNew) {
        assertThat(journal.epoch()).as("epoch").isEqualTo(epoch);
        areKeptBy(bench);
      }
      assertThat(journal.setAside() == null || isDamaged).as("set aside").isTrue();
      long last = journal.last(READINGS);
      assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
      assertThat(journal.last(READINGS)).isEqualTo(last + 1);
    }
    try (var file = Database.write(folder.resolve(Database.FILE))) {
      assertThat(Database.damage(file)).as("damage").isNull();
    }
  }

  private void areKeptBy(Bench bench) {
    var journal = bench.journal;
    assertThat(journal.last(READINGS)).as("readings").isGreaterThanOrEqualTo(readings);
    assertThat(journal.last(EVENTS)).as("events").isGreaterThanOrEqualTo(events);
    assertThat(key == null || journal.knows(key)).as("key").isTrue();
    assertThat(known(journal)).as("commands").containsAll(commands);
    assertEachFrameIsThere(bench);
  }

  private static Set<String> known(Journal journal) {
    var ids = new HashSet<String>();
    journal.commands(Duration.ofMinutes(1)).forEach(known -> ids.add(known.id()));
    return ids;
  }

  /** What the city does not have, and what no gap explains. */
  private void assertEachFrameIsThere(Bench bench) {
    var journal = bench.journal;
    var there = new Ranges();
    if (city > 0) {
      there.add(1, city);
    }
    for (var stored : all(bench)) {
      there.add(stored.seq(), stored.seq());
      var readings = frames.get(stored.seq());
      assertThat(
              readings == null || bench.wire.contents(stored.rendered()).lines().size() == readings)
          .as("frame %d has the %s readings that were kept", stored.seq(), readings)
          .isTrue();
    }
    if (isDamaged) {
      // Noise in one row opens as the same epoch: met by the reading above, told with a commit.
      assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
    }
    var told = new Ranges();
    bench.waiting(EVENTS).forEach(told::add);
    for (var gap : City.gapsIn(bench.waitingTexts(EVENTS))) {
      (gap.of() == READINGS ? there : told).add(gap.from(), gap.to());
    }
    assertThat(readings == 0 || there.missing(1) > readings)
        .as("readings: %d is missing of %d", there.missing(1), readings)
        .isTrue();
    assertThat(told.missing(1)).as("events").isGreaterThan(journal.last(EVENTS));
  }

  @Override
  public String toString() {
    return "promised: epoch %s%s, readings to %d, events to %d, the city has %d"
        .formatted(epoch, isDamaged ? " (damaged)" : "", readings, events, city);
  }

  private static List<StoredFrame> all(Bench bench) {
    var frames = new ArrayList<StoredFrame>();
    for (long from = 1; from <= bench.journal.last(READINGS); from = frames.getLast().seq() + 1) {
      var page = bench.journal.unacknowledged(READINGS, from, Long.MAX_VALUE, 1000);
      if (page.isEmpty()) {
        break;
      }
      frames.addAll(page);
    }
    return frames;
  }
}

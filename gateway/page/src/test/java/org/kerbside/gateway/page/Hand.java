package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockDoor;
import org.kerbside.gateway.model.ClockQuality;

/** A street's clock, set as the gateway's own is: by one person's word, once. Thread-safe. */
final class Hand implements ClockDoor {

  private static final Instant FLOOR = Instant.parse("2026-09-30T16:00:00Z");

  private final Street street;
  // Guarded by this, as the next.
  private final List<Instant> said = new ArrayList<>();
  private @Nullable String by;

  Hand(Street street) {
    this.street = street;
  }

  synchronized List<Instant> said() {
    return List.copyOf(said);
  }

  /** With who said it. */
  synchronized List<String> told() {
    return said.stream().map(time -> time + " " + by).toList();
  }

  @Override
  public synchronized Answer set(Instant time, String who) {
    if (street.overview().now().clock() != ClockQuality.NONE) {
      return Answer.KNOWN;
    }
    if (time.isBefore(FLOOR)) {
      return Answer.TOO_EARLY;
    }
    if (time.isAfter(FLOOR.plus(Duration.ofDays(3_653)))) {
      return Answer.TOO_LATE;
    }
    by = who;
    said.add(time);
    return Answer.SET;
  }

  @Override
  public Instant floor() {
    return FLOOR;
  }

  @Override
  public synchronized @Nullable String by() {
    return by;
  }
}

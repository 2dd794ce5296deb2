package org.kerbside.gateway.uplink;

import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the month's allowance is used, and what may still go: from 80 % on readings by the
 * hour, from 95 % on events alone. Alarms, answers to commands and the gateway's own state always
 * go. Outlives connections; what was used outlives the process, but for a thousandth of the
 * allowance, or a minute, that a kill may cost. Confined to the uplink's thread but for {@link
 * #used} and {@link #bytes}.
 */
final class Budget {

  /** In the data folder: the month, and the bytes of it. */
  static final String FILE = "traffic";

  private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

  private static final double HOURLY_FROM = 0.80;
  private static final double EVENTS_FROM = 0.95;
  private static final int SAVES = 1_000; // a month, about
  private static final Duration SAVE = Duration.ofMinutes(1); // and no oftener
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long HOUR = Duration.ofHours(1).toSeconds();

  private static final long NEVER = Long.MIN_VALUE;

  /** What may go. */
  enum Stage {
    /** No word: nothing is told of it. */
    ALL(""),
    /** Readings once their hour is over, as what is left of it; assets once an hour. */
    HOUR("hour"),
    /** No readings at all; they wait for the next month. */
    EVENTS("events");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    /** As {@code state} tells it. */
    String word() {
      return word;
    }
  }

  private final @Nullable Allowance allowance;
  private final ZoneId zone;
  private final Traffic traffic = new Traffic();

  private @Nullable YearMonth month; // by the last clock that knew it
  private long before; // bytes of the month less those of this process
  private long saved; // bytes of the month as the file has them
  private long savedAt = NEVER; // ns
  private boolean isRefused; // the file
  private long looked = NEVER;
  private long hour = NEVER;
  private long toldAssets = NEVER; // in which hour
  private Stage stage = Stage.ALL;
  private volatile long monthly;

  /**
   * @param allowance absent: all may go
   * @param zone whose months count
   */
  Budget(@Nullable Allowance allowance, ZoneId zone) {
    this.allowance = allowance;
    this.zone = zone;
    if (allowance != null) {
      read(allowance);
    }
  }

  Traffic traffic() {
    return traffic;
  }

  Stage stage() {
    return stage;
  }

  /** Bytes since the start. On any thread. */
  long bytes() {
    return traffic.bytes();
  }

  /** The used part of the month's allowance, 1 for all of it; absent where there is none. */
  @Nullable Double used() {
    return allowance == null ? null : (double) monthly / allowance.perMonth();
  }

  /** For people; absent while all goes. */
  @Nullable String note() {
    return switch (used()) {
      case null -> null;
      case Double used when used >= EVENTS_FROM ->
          "budget: %.0f %% of the month's bytes are used: events alone go".formatted(100 * used);
      case Double used when used >= HOURLY_FROM ->
          "budget: %.0f %% of the month's bytes are used: readings go by the hour"
              .formatted(100 * used);
      case Double used -> null;
    };
  }

  /**
   * Looks once a second, however often it is called.
   *
   * @return what is to be told of a stage that has come
   */
  Event.@Nullable Health look(Clock clock, Outbox outbox) {
    long nanos = clock.nanos();
    if (allowance == null || (looked != NEVER && nanos - looked < LOOK.toNanos())) {
      return null;
    }
    looked = nanos;
    var now = clock.now();
    var current = YearMonth.from(now.wall().atZone(zone));
    if (now.clock() != ClockQuality.NONE && !current.equals(month)) {
      before = month == null ? before : -traffic.bytes();
      month = current;
    }
    monthly = before + traffic.bytes();
    if (isSaveDue(allowance)) {
      save();
    }
    var earlier = stage;
    stage = stage(allowance);
    if (isOver(now) && stage != Stage.ALL) {
      outbox.spare(outbox.last(Stream.READINGS));
    }
    return stage.compareTo(earlier) > 0
        ? new Event.Health(now, "uplink-budget", "uplink", List.of(String.valueOf(note())))
        : null;
  }

  /**
   * Whether an hour has just ended; by a wall clock that knows nothing too, it runs all the same.
   */
  private boolean isOver(Moment now) {
    long before = hour;
    hour = Math.floorDiv(now.wall().getEpochSecond(), HOUR);
    return before != hour && before != NEVER;
  }

  private boolean isSaveDue(Allowance of) {
    boolean isMuch = monthly - saved >= of.perMonth() / SAVES || monthly < saved;
    return isMuch && (savedAt == NEVER || looked - savedAt >= SAVE.toNanos());
  }

  private Stage stage(Allowance of) {
    double used = (double) monthly / of.perMonth();
    return used >= EVENTS_FROM ? Stage.EVENTS : used >= HOURLY_FROM ? Stage.HOUR : Stage.ALL;
  }

  /** The last seq of readings that may go now. */
  long ceiling(Outbox outbox) {
    return switch (stage) {
      case ALL -> Long.MAX_VALUE;
      case HOUR -> outbox.spared();
      case EVENTS -> 0;
    };
  }

  /**
   * Whether assets may be looked at now, to be told: by the hour, no connection tells them anew.
   */
  boolean takesAssets() {
    return switch (stage) {
      case ALL -> true;
      case EVENTS -> false;
      case HOUR -> {
        boolean isDue = toldAssets != hour;
        toldAssets = hour;
        yield isDue;
      }
    };
  }

  /** For an orderly end too. */
  void save() {
    if (allowance == null || month == null) {
      return;
    }
    savedAt = looked;
    try {
      new PrivateFolder(allowance.folder()).write(FILE, "%s %d\n".formatted(month, monthly));
      saved = monthly;
      isRefused = false;
    } catch (IOException refused) {
      saved = monthly; // A full disk is not asked again before there is more to say.
      if (!isRefused) {
        isRefused = true;
        LOG.warn("{}: not saved: {}", allowance.folder().resolve(FILE), refused.toString());
      }
    }
  }

  /** What an earlier process left; the one before has ended by now. */
  private void read(Allowance from) {
    try {
      var words = Files.readString(from.folder().resolve(FILE)).strip().split(" ", 2);
      long bytes = words.length < 2 ? 0 : Math.max(0, Long.parseLong(words[1]));
      month = YearMonth.parse(words[0]);
      before = bytes;
      saved = bytes;
    } catch (IOException | NumberFormatException | DateTimeException none) {
      LOG.debug("{}: begins anew", from.folder().resolve(FILE), none);
    }
  }
}

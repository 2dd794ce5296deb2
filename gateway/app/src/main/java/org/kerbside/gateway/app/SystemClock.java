package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.KnownTime.Known;
import org.kerbside.gateway.app.Timekeeping.Judged;
import org.kerbside.gateway.app.Timekeeping.Kept;
import org.kerbside.gateway.app.Timekeeping.Witness;
import org.kerbside.gateway.model.ClockDoor.Answer;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board's time, as far as it can be trusted: monotonic, with the wall's time laid over it and
 * looked at anew every two seconds. A step of the wall clock in between is not seen at all, and
 * afterwards only where {@link Timekeeping} follows it.
 */
public final class SystemClock implements SiteClock {

  private static final Logger LOG = LoggerFactory.getLogger(SystemClock.class);

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration SAVED_EVERY = Duration.ofMinutes(10);

  /** The wall is read between two readings of the monotonic clock that are so near. */
  private static final long NARROW = 1_000_000; // ns

  private static final int TRIES = 5;

  /** How long a watch may take to end: it may be saving. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(1);

  /** A thread that looks, until it is told to end. */
  private record Watch(Thread thread, CountDownLatch end) {}

  private final Board board;
  private final Timekeeping timekeeping;
  private final KnownTime knownTime;
  private final long start;

  private volatile Kept kept; // written under this, as the next
  private @Nullable Duration saved; // since boot
  private volatile @Nullable String by; // who said the time that is held
  private @Nullable Watch watching; // of who starts and closes it

  SystemClock(Board board, Timekeeping timekeeping, KnownTime knownTime, Kernel atFirst) {
    this.board = board;
    this.timekeeping = timekeeping;
    this.knownTime = knownTime;
    start = board.nanos();
    kept = timekeeping.first(look(atFirst));
  }

  /**
   * This machine's.
   *
   * @param data where the last known time is kept
   * @param released no clock that shows less is right
   */
  public static SystemClock of(Path data, Instant released) {
    var knownTime = new KnownTime(data);
    var timekeeping =
        new Timekeeping(released, knownTime.read(), LinuxBoard.boot(), LinuxBoard.lasting());
    return new SystemClock(new LinuxBoard(), timekeeping, knownTime, LinuxBoard.toldBySystemd());
  }

  @Override
  public Moment now() {
    var up = up(board.nanos());
    var standing = kept;
    return new Moment(standing.zero().plus(up), standing.quality(), up);
  }

  @Override
  public long nanos() {
    return board.nanos();
  }

  @Override
  public Duration real(Duration site) {
    return site;
  }

  @Override
  public @Nullable Duration within() {
    return kept.within(up(board.nanos()));
  }

  @Override
  public Instant lastKnown() {
    return timekeeping.floor();
  }

  @Override
  public void start(Consumer<Event.Clock> changes) {
    var end = new CountDownLatch(1);
    var thread = Thread.ofPlatform().name("clock").daemon().unstarted(() -> watch(changes, end));
    watching = new Watch(thread, end);
    thread.start();
  }

  @Override
  public void close() {
    if (watching == null) {
      return;
    }
    watching.end().countDown();
    try {
      if (!watching.thread().join(LAST_LOOK)) {
        LOG.warn("clock: the disk that keeps its time does not answer");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    watching = null;
  }

  private void watch(Consumer<Event.Clock> changes, CountDownLatch end) {
    tell(kept);
    try {
      do {
        check(changes);
      } while (!end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Answer set(Instant said, String by, Consumer<Event.Clock> changes) {
    long asked = board.nanos();
    synchronized (this) {
      var answer = timekeeping.answers(kept, said);
      if (answer == Answer.SET) {
        this.by = by;
        var look = look(board.kernel());
        var waited = Duration.ofNanos(start + look.up().toNanos() - asked);
        turn(timekeeping.told(look, said.plus(waited)), changes);
      }
      return answer;
    }
  }

  @Override
  public @Nullable String by() {
    return by;
  }

  /** Looks at the wall clock once. */
  synchronized void check(Consumer<Event.Clock> changes) {
    turn(timekeeping.next(kept, look(board.kernel())), changes);
  }

  private void turn(Judged judged, Consumer<Event.Clock> changes) {
    var before = kept;
    kept = judged.kept();
    if (before.quality() != kept.quality()) {
      tell(kept);
    }
    boolean isByHand = kept.witness() == Witness.HAND;
    if (!isByHand && kept.quality() != ClockQuality.NONE) {
      by = null;
    }
    var now = now();
    var shift = judged.shift();
    if (shift != null) {
      tell(shift);
      changes.accept(new Event.Clock(now, shift));
    }
    boolean due = saved == null || now.sinceBoot().minus(saved).compareTo(SAVED_EVERY) >= 0;
    if (now.clock() != ClockQuality.NONE && !isByHand && (due || shift != null)) {
      saved = now.sinceBoot();
      save(now.wall());
    }
  }

  private Look look(Kernel kernel) {
    for (int left = TRIES; ; left--) {
      long before = board.nanos();
      var wall = board.wall();
      long after = board.nanos();
      if (after - before <= NARROW || left == 0) {
        return new Look(wall, up(before + (after - before) / 2), kernel);
      }
    }
  }

  private Duration up(long nanos) {
    return Duration.ofNanos(nanos - start);
  }

  private void save(Instant wall) {
    try {
      knownTime.save(new Known(wall, timekeeping.boot()));
    } catch (IOException e) {
      LOG.warn("clock: {}: {}: the next start trusts less", knownTime.file(), e.getMessage());
    }
  }

  private void tell(Kept standing) {
    switch (standing.quality()) {
      case SYNC -> LOG.info("clock: sync: a time source disciplines it");
      case HOLD -> {
        switch (standing.witness()) {
          case BOARD -> LOG.info("clock: hold: no time source disciplines it");
          case HAND -> LOG.info("clock: hold: as {} said, until a time source is heard", by());
        }
      }
      case NONE ->
          LOG.warn(
              "clock: none: it shows {}, and no time source disciplines it; times are told since"
                  + " boot until one does. Set the clock; if it is right, remove {}",
              now().wall(),
              knownTime.file());
    }
  }

  private void tell(Event.Clock.Shift shift) {
    switch (shift) {
      case Event.Clock.Shift.Mapped(var zero) -> LOG.info("clock: known; started {}", zero);
      case Event.Clock.Shift.Stepped(var by, var followed) -> {
        switch (followed) {
          case YES -> LOG.warn("clock: jumped by {}, and was followed", by);
          case NO ->
              LOG.warn(
                  "clock: the board's jumped by {}, and is not followed: {} is kept; if the jump"
                      + " was right, restart",
                  by,
                  now().wall());
        }
      }
    }
  }
}

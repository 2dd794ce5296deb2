package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * What the gateway knows of its own cabinet without a sensor: {@code disk}, {@code queue}, {@code
 * clock}, {@code certificate}. Looked at once a minute, and at once when the clock changes; on a
 * thread of its own, because a disk that is dead answers nobody.
 */
public final class Inspection implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMinutes(1); // of the site's time

  /** However fast the site's clock runs, real time. */
  private static final Duration SOONEST = Duration.ofSeconds(1);

  private final Sights sights;
  private final Clock clock;
  private final Consumer<List<Sample>> told;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread;

  /**
   * Where it looks.
   *
   * @param data a folder of the file system that fills up
   * @param queue frames that wait for the city
   * @param certificate until when ours is good; null when we show none, or it cannot be read
   */
  public record Sights(
      Path data, LongSupplier queue, Supplier<? extends @Nullable Instant> certificate) {}

  /**
   * @param told hears what was seen, on the inspection's thread
   */
  public Inspection(Sights sights, Clock clock, Consumer<List<Sample>> told) {
    this.sights = sights;
    this.clock = clock;
    this.told = told;
    thread = Thread.ofPlatform().name("inspection").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Something has changed: it looks at once. */
  public void look() {
    asked.release();
  }

  private void run() {
    try {
      while (true) {
        told.accept(seen());
        long wait = Math.max(clock.real(EVERY).toNanos(), SOONEST.toNanos());
        if (asked.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
          asked.drainPermits();
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** What there is to see now, by the names of the cabinet's points. */
  List<Sample> seen() {
    var now = clock.now();
    var seen = new ArrayList<Sample>();
    seen.add(disk());
    seen.add(Sample.of("queue", (double) sights.queue().getAsLong(), Unit.COUNT));
    seen.add(Sample.of("clock", now.clock().word()));
    var left = left(now);
    if (left != null) {
      seen.add(Sample.of("certificate", (double) left.toSeconds(), Unit.SECOND));
    }
    return seen;
  }

  /** The share that is taken: of what is free some is nobody's but root's. */
  private Sample disk() {
    try {
      var store = Files.getFileStore(sights.data());
      double free = (double) store.getUsableSpace() / store.getTotalSpace();
      return Sample.of("disk", 1 - free, Unit.RATIO);
    } catch (IOException unreadable) {
      return Sample.bad("disk", Reason.DEVICE_ERROR);
    }
  }

  /** Nobody can say while the time is not known. */
  private @Nullable Duration left(Moment now) {
    var end = sights.certificate().get();
    return end == null || now.clock() == ClockQuality.NONE
        ? null
        : Duration.between(now.wall(), end);
  }

  /** Looks no more. */
  @Override
  public void close() {
    thread.interrupt();
  }
}

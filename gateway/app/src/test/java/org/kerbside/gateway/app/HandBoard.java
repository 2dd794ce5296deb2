package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A machine whose clocks a test moves. Thread-safe. */
final class HandBoard implements Board {

  private final AtomicLong nanos = new AtomicLong(1_000_000_007); // any origin
  private volatile Instant wall;
  private volatile Kernel kernel = new Kernel.Free();

  HandBoard(Instant wall) {
    this.wall = wall;
  }

  /** Time passes on both clocks. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall = wall.plus(time);
  }

  /** Somebody sets the wall clock. */
  void step(Duration by) {
    wall = wall.plus(by);
  }

  void set(Instant time) {
    wall = time;
  }

  void says(Kernel now) {
    kernel = now;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant wall() {
    return wall;
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }
}

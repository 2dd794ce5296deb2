package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread or process does, and says what it saw when that does not come. */
final class Await {

  private static final Duration MOST = Duration.ofSeconds(20);

  private Await() {}

  static void until(BooleanSupplier isSo, Supplier<String> seen) {
    until(isSo, MOST, seen);
  }

  static void until(BooleanSupplier isSo, Duration most, Supplier<String> seen) {
    long end = System.nanoTime() + most.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("did not come in " + most + ": " + seen.get());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}

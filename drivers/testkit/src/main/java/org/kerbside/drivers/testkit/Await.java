package org.kerbside.drivers.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits on a condition that another thread or process makes true; fails when it does not. */
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long STEP_MILLIS = 5;

  private Await() {}

  public static void until(String what, Callable<Boolean> holds) throws Exception {
    until(what, holds, PATIENCE, () -> "");
  }

  /**
   * Waits for it.
   *
   * @param seen what there is instead, for the message of the failure
   */
  public static void until(
      String what, Callable<Boolean> holds, Duration patience, Supplier<String> seen)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not within %d s: %s %s".formatted(patience.toSeconds(), what, seen.get()));
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}

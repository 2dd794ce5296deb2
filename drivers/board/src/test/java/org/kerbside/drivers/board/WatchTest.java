package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.testkit.Await;

@Timeout(30)
class WatchTest {

  private static final Duration PATIENCE = Duration.ofMillis(4);

  private final AtomicLong now = new AtomicLong(1);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void tellsOfEachCallThatHangsOnce() throws Exception {
    var watch = new Watch(this::look, PATIENCE, told::incrementAndGet);
    var thread = Thread.ofVirtual().start(watch);
    try {
      watch.begins();
      awaitLooks();
      assertThat(told).as("not yet").hasValue(0);
      now.addAndGet(PATIENCE.toNanos() + 1);
      awaitLooks();
      assertThat(told).hasValue(1);
      watch.ends();
      now.addAndGet(PATIENCE.toNanos() + 1);
      awaitLooks();
      assertThat(told).as("nothing hangs").hasValue(1);
      watch.begins();
      now.addAndGet(PATIENCE.toNanos() + 1);
      awaitLooks();
      assertThat(told).hasValue(2);
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  private long look() {
    looks.incrementAndGet();
    return now.get();
  }

  /** Several whole looks from now on. */
  private void awaitLooks() throws Exception {
    int from = looks.get();
    Await.until("looks", () -> looks.get() > from + 4);
  }
}

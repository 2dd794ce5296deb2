package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the gateway is up, once control has passed its first batch, and from then on
 * that it gets on: only as long as every part does. What hangs is killed and started again by
 * systemd; a dead link or a full disk is no hang.
 */
public final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /** How often it looks where nobody asked for a beat. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  /** What it looks at. */
  public interface Body {

    /** Every part that must get on; the first of them is control. */
    List<Sign> signs();

    /** In a line, how the gateway is. */
    String status();

    /** Hears that a beat was due and not given, each time. */
    void withheld();
  }

  private final @Nullable Notify notify;
  private final Body body;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private Heartbeat(@Nullable Notify notify, Body body) {
    this.notify = notify;
    this.body = body;
    thread = Thread.ofPlatform().name("heartbeat").daemon().unstarted(this::run);
  }

  /** Starts it; without a service manager it does nothing. */
  public static Heartbeat start(Map<String, String> environment, Body body) {
    var notify = Notify.of(environment, ProcessHandle.current().pid());
    var heartbeat = new Heartbeat(notify, body);
    if (notify != null) {
      heartbeat.thread.start();
    }
    return heartbeat;
  }

  /** No beat follows. Whether the process goes down, or the gateway begins again, is not told. */
  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      if (notify != null && awaitFirstBatch()) {
        notify.ready(body.status());
        beat(notify);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitFirstBatch() throws InterruptedException {
    while (body.signs().getFirst().count() == 0) {
      if (closed.await(50, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  private void beat(Notify notify) throws InterruptedException {
    var watchdog = notify.watchdog();
    var pause = watchdog == null ? USUAL : watchdog.dividedBy(3);
    var pulse = Pulse.of(body.signs());
    List<String> told = List.of();
    while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      var signs = body.signs();
      var still = pulse.still(signs);
      if (still.isEmpty()) {
        pulse = Pulse.of(signs);
        notify.alive(body.status());
      } else {
        body.withheld();
        notify.status("no progress: " + String.join(", ", still));
        if (!still.equals(told)) {
          LOG.error("no progress since the last beat: {}", String.join(", ", still));
        }
      }
      told = still;
    }
  }
}

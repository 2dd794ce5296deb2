package org.kerbside.drivers.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one thread of a bus whose calls go native, from its opening to its close. Thread-safe. */
public final class BusThread {

  private static final Duration JOIN = Duration.ofMillis(1_800); // of the two seconds of a close

  /** What runs on it. */
  public interface Work extends Runnable {

    /** Asks it to end; an interrupt follows. From another thread. */
    void end();
  }

  private final String name;
  private @Nullable Work work; // these two from start to end
  private @Nullable Thread thread;

  /**
   * Starts nothing yet.
   *
   * @param name of the thread, for people
   */
  public BusThread(String name) {
    this.name = name;
  }

  /** Starts it; it is not running. */
  public synchronized void start(Work begun) {
    work = begun;
    thread = Thread.ofPlatform().name(name).daemon().start(begun);
  }

  /** Whether it is there, or not to be: before its start, after its end. */
  public synchronized boolean lives() {
    return thread == null || thread.isAlive();
  }

  /**
   * Ends it and waits for that, less than two seconds. Idempotent.
   *
   * @return whether it ended
   */
  public synchronized boolean end() {
    var running = thread;
    if (running == null || work == null) {
      return true;
    }
    work.end();
    running.interrupt();
    thread = null;
    work = null;
    try {
      return running.join(JOIN);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return true; // Nobody waits for it any more.
    }
  }
}

package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;

/**
 * Where a bus's deliveries step in, for as long as its driver is open. What is beyond it may
 * change: while one gateway ends and another begins there is nothing, and what comes waits here, in
 * order and unacknowledged. Thread-safe.
 */
public final class Threshold implements Inlet {

  /** As many as the intake takes: about a second of the busiest bus. */
  private static final int MOST = Intake.DELIVERIES;

  /** What is on its way into an intake that is worked off arrives within that. */
  private static final Duration PASSES = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>(); // guarded by lock
  private @Nullable Inlet beyond; // likewise
  private int passing; // likewise: how many are on their way to what is beyond

  /** What waits goes first, in order; from now on all go there. */
  public void lead(Inlet next) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (var first = waiting.poll(); first != null; first = waiting.poll()) {
        next.put(first);
      }
      beyond = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What comes waits from now on; what is on its way has arrived when this returns. */
  public void hold() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      beyond = null;
      long left = PASSES.toNanos();
      while (passing > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int depth() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean offer(Delivery delivery) {
    Inlet next;
    lock.lock();
    try {
      if (beyond == null) {
        return waiting.size() < MOST && waiting.add(delivery);
      }
      next = beyond;
      passing++;
    } finally {
      lock.unlock();
    }
    try {
      return next.offer(delivery);
    } finally {
      passed();
    }
  }

  @Override
  public void put(Delivery delivery) throws InterruptedException {
    Inlet next;
    lock.lockInterruptibly();
    try {
      while (beyond == null && waiting.size() >= MOST) {
        changed.await();
      }
      if (beyond == null) {
        waiting.add(delivery);
        return;
      }
      next = beyond;
      passing++;
    } finally {
      lock.unlock();
    }
    try {
      next.put(delivery);
    } finally {
      passed();
    }
  }

  /** While nothing is beyond, it is not told: what goes on being wrong is told again. */
  @Override
  public void report(String what, String device, String problem) {
    Inlet next;
    lock.lock();
    try {
      next = beyond;
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.report(what, device, problem);
    }
  }

  private void passed() {
    lock.lock();
    try {
      passing--;
      if (passing == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}

package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written, handed over from control's thread to the bus's: one order an output, the
 * latest. Thread-safe.
 */
final class Orders {

  /**
   * One output, moved.
   *
   * @param device its address, as the site writes it
   */
  record Order(String device, String quantity, Request request) {}

  private final Lock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final Map<String, Order> waiting = new LinkedHashMap<>(); // guarded by the lock

  void put(Order order) {
    lock.lock();
    try {
      String output = order.device() + "/" + order.quantity();
      waiting.remove(output); // the latest waits behind the others
      waiting.put(output, order);
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The one that waits longest, taken out; null when none does. */
  @Nullable Order next() {
    lock.lock();
    try {
      var first = waiting.entrySet().iterator();
      if (!first.hasNext()) {
        return null;
      }
      var order = first.next().getValue();
      first.remove();
      return order;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is one, at most so long. */
  void await(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (waiting.isEmpty() && left > 0) {
        left = arrival.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}

package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What others want of the bus, handed over to its thread. Thread-safe, and bounded. */
final class Errands {

  private static final int MOST_QUESTIONS = 16;

  /**
   * One output, moved.
   *
   * @param device its address, as the site writes it
   */
  record Order(String device, String quantity, Request request) {}

  /**
   * A person asks, and waits.
   *
   * @param timeout of the device's profile; absent where the bus's own will do
   */
  record Question(
      int unit, Request request, @Nullable Duration timeout, CompletableFuture<Answer> answer) {}

  private final Lock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final SequencedMap<String, Order> orders = new LinkedHashMap<>(); // guarded by the lock
  private final Deque<Question> questions = new ArrayDeque<>(); // guarded by the lock

  /** The latest of an output is the only one; it waits behind the others. */
  void put(Order order) {
    lock.lock();
    try {
      String output = order.device() + "/" + order.quantity();
      orders.remove(output);
      orders.put(output, order);
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** False when too many wait already. */
  boolean offer(Question question) {
    lock.lock();
    try {
      boolean hasRoom = questions.size() < MOST_QUESTIONS;
      if (hasRoom) {
        questions.add(question);
        arrival.signalAll();
      }
      return hasRoom;
    } finally {
      lock.unlock();
    }
  }

  /** Who asked waits no longer. */
  void withdraw(Question question) {
    lock.lock();
    try {
      questions.remove(question);
    } finally {
      lock.unlock();
    }
  }

  /** The one that waits longest, taken out; null when none does. */
  @Nullable Order nextOrder() {
    lock.lock();
    try {
      var first = orders.pollFirstEntry();
      return first == null ? null : first.getValue();
    } finally {
      lock.unlock();
    }
  }

  /** The one that waits longest, taken out; null when none does. */
  @Nullable Question nextQuestion() {
    lock.lock();
    try {
      return questions.poll();
    } finally {
      lock.unlock();
    }
  }

  boolean hasOrders() {
    lock.lock();
    try {
      return !orders.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is one, at most so long. */
  void await(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (orders.isEmpty() && questions.isEmpty() && left > 0) {
        left = arrival.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}

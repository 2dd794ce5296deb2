package org.kerbside.drivers.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.api.Receipt;

/**
 * The acknowledgements of one connection, sent in the order in which the messages came (MQTT 5
 * §4.6). Thread-safe. They die with their connection: on the next one the same message id may be
 * another message's.
 */
final class Acks {

  /** Where an acknowledgement goes. */
  interface Sender {

    /** Sends one; must return at once. */
    void acknowledge(int message);

    /** A message was not kept: the broker must send it again. */
    void refused(String reason);
  }

  private enum Fate {
    OPEN,
    KEPT,
    REFUSED
  }

  private final Sender sender;
  private final Deque<Ack> unsent = new ArrayDeque<>();
  private boolean dead;

  Acks(Sender sender) {
    this.sender = sender;
  }

  /** A message came; its receipt may be told from any thread. */
  synchronized Receipt expect(int message) {
    var ack = new Ack(message);
    unsent.add(ack);
    return ack;
  }

  /** Waits until every message is settled, for orderly ends; not longer than told. */
  synchronized void awaitSettled(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!unsent.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  synchronized void die() {
    dead = true;
    unsent.clear();
  }

  private synchronized void settle(Ack settled, Fate fate) {
    settled.fate = fate;
    for (var head = unsent.peek(); head != null && head.fate != Fate.OPEN; head = unsent.peek()) {
      unsent.poll();
      if (head.fate == Fate.KEPT && !dead) {
        sender.acknowledge(head.message);
      }
    }
    if (unsent.isEmpty()) {
      notifyAll();
    }
  }

  private final class Ack implements Receipt {

    private final int message;
    private Fate fate = Fate.OPEN;

    Ack(int message) {
      this.message = message;
    }

    @Override
    public void kept() {
      settle(this, Fate.KEPT);
    }

    @Override
    public void refused(String reason) {
      settle(this, Fate.REFUSED);
      sender.refused(reason);
    }
  }
}

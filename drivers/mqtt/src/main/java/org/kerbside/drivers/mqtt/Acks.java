package org.kerbside.drivers.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.api.Receipt;

/**
 * The acknowledgements of one connection, sent in the order in which the messages came (MQTT 5
 * §4.6). Thread-safe. They die with their connection: on the next one the same message id may be
 * another message's.
 *
 * <p>Not more than a receive maximum is open at a time: mosquitto 2.0.11 sends eight times what it
 * was told, and whoever cannot take it must let the socket wait and not refuse.
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
  private final int most;
  private final Deque<Ack> unsent = new ArrayDeque<>();
  private boolean dead;

  /**
   * @param most messages that may be unsettled at a time
   */
  Acks(Sender sender, int most) {
    this.sender = sender;
    this.most = most;
  }

  /** A message came; waits for room. Its receipt may be told from any thread. */
  synchronized Receipt expect(int message) throws InterruptedException {
    if (unsent.size() >= most) {
      // Half of them together: waking for each would cost more than the messages.
      while (unsent.size() > most / 2) {
        wait();
      }
    }
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
    notifyAll();
  }

  private synchronized void settle(Ack settled, Fate fate) {
    settled.fate = fate;
    for (var head = unsent.peek(); head != null && head.fate != Fate.OPEN; head = unsent.peek()) {
      unsent.poll();
      if (head.fate == Fate.KEPT && !dead) {
        sender.acknowledge(head.message);
      }
    }
    if (unsent.size() <= most / 2) {
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

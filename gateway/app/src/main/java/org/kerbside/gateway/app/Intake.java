package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue in front of control. Deliveries and commands have room of their own, so that
 * neither can shut the other out; what the writer hands back always finds room. Thread-safe.
 */
final class Intake {

  /** More than every bus together may have unacknowledged: 1,000 a field broker. */
  static final int DELIVERIES = 4_096;

  /**
   * Fewer when they are large: what a field broker kept comes as packs of up to 500; about 4 MB.
   */
  static final int SAMPLES = 32_768;

  static final int COMMANDS = 64;

  /** The most that one turn of control takes, so that a turn stays short. */
  static final int TURN = 2_048;

  /** Likewise of samples; a pack more, at most. */
  static final int TURN_SAMPLES = 4_096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Arrival> waiting = new ArrayDeque<>(); // guarded by lock
  private int deliveries; // guarded by lock, as the next three
  private int samples;
  private int commands;
  private boolean shut;
  private long refused; // deliveries

  /** Takes a delivery if there is room. */
  boolean offer(Arrival.Heard heard) {
    lock.lock();
    try {
      if (shut || isFull()) {
        refused++;
        return false;
      }
      count(heard);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a delivery, waiting for room. After {@link #shut} it is not taken, nor acknowledged. */
  void put(Arrival.Heard heard) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!shut && isFull()) {
        room.await();
      }
      if (!shut) {
        count(heard);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a command if there is room. */
  boolean offer(Arrival.Asked asked) {
    lock.lock();
    try {
      if (shut || commands >= COMMANDS) {
        return false;
      }
      commands++;
      add(asked);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a report if there is room: it is thinned anyway, or told again. */
  void report(Arrival report) {
    lock.lock();
    try {
      if (!shut && waiting.size() < DELIVERIES) {
        add(report);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes what the house itself says; bounded by what it was asked. */
  void tell(Arrival arrival) {
    lock.lock();
    try {
      add(arrival);
    } finally {
      lock.unlock();
    }
  }

  /** All that came, at most {@link #TURN}; empty when nothing did for so long. */
  List<Arrival> take(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (waiting.isEmpty() && !shut && left > 0) {
        left = came.awaitNanos(left);
      }
      return drain();
    } finally {
      lock.unlock();
    }
  }

  /** How much waits for control. */
  int depth() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many deliveries were offered and not taken. */
  long refused() {
    lock.lock();
    try {
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more from outside. */
  void shut() {
    lock.lock();
    try {
      shut = true;
      came.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return deliveries >= DELIVERIES || samples >= SAMPLES;
  }

  private void count(Arrival.Heard heard) {
    deliveries++;
    samples += heard.delivery().samples().size();
    add(heard);
  }

  private void add(Arrival arrival) {
    waiting.add(arrival);
    if (waiting.size() == 1) {
      came.signal();
    }
  }

  private List<Arrival> drain() {
    int count = Math.min(waiting.size(), TURN);
    var taken = new ArrayList<Arrival>(count);
    boolean wasFull = isFull();
    int before = samples;
    while (taken.size() < count && before - samples < TURN_SAMPLES) {
      var arrival = waiting.remove();
      switch (arrival) {
        case Arrival.Heard(var bus, var delivery) -> {
          deliveries--;
          samples -= delivery.samples().size();
        }
        case Arrival.Asked asked -> commands--;
        case Arrival.Refused refused -> {}
        case Arrival.Inspected inspected -> {}
        case Arrival.Missing missing -> {}
        case Arrival.Turned turned -> {}
        case Arrival.Learned learned -> {}
        case Arrival.Noted noted -> {}
        case Arrival.Leaving leaving -> {}
        case Arrival.Durable durable -> {}
        case Arrival.Recalled recalled -> {}
        case Arrival.Unkept unkept -> {}
      }
      taken.add(arrival);
    }
    if (wasFull && !isFull()) {
      room.signalAll();
    }
    return taken;
  }
}

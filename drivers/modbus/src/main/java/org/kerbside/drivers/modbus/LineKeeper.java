package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.kerbside.drivers.api.Backoff;
import org.kerbside.drivers.api.BusThread;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.SerialPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a line open and makes the rounds on it, until it is told to end. What is ordered while the
 * line is gone is not kept for better times: it is told, and the desk orders again.
 */
final class LineKeeper implements BusThread.Work {

  private static final Logger LOG = LoggerFactory.getLogger(LineKeeper.class);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  // A connection over which nobody answered so often may be half open.
  private static final int DEAF = 6;

  private final ModbusBus bus;
  private final SerialPorts ports;
  private final Rounds rounds;
  private final Errands errands;
  private final List<Errands.Order> safe;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());

  private volatile boolean ending;
  // The bus's thread's.
  private boolean begun; // the line was open once
  private boolean announced; // that it is open
  private String told = ""; // why the line is gone, once it was said

  /**
   * Opens nothing yet.
   *
   * @param safe is written when the line opens first, and at the end
   */
  LineKeeper(
      ModbusBus bus, SerialPorts ports, Rounds rounds, Errands errands, List<Errands.Order> safe) {
    this.ports = ports;
    this.safe = List.copyOf(safe);
    this.bus = bus;
    this.rounds = rounds;
    this.errands = errands;
  }

  /** From another thread, which interrupts ours afterwards: what is ordered by then is written. */
  @Override
  public void end() {
    safe.forEach(errands::put);
    ending = true;
  }

  @Override
  public void run() {
    while (!ending) {
      try {
        connect();
        if (!ending) {
          Thread.sleep(backoff.next());
        }
      } catch (InterruptedException end) {
        // The flag says so.
      }
    }
  }

  /** One opening of the line from its begin to its end. */
  private void connect() throws InterruptedException {
    try (var wire = bus.place().open(ports, System::nanoTime)) {
      if (!begun) {
        begun = true;
        safe.forEach(errands::put);
      }
      if (!announced) {
        announced = true;
        LOG.info("bus {}: {} is open", bus.name(), bus.place());
      }
      poll(wire);
    } catch (Unavailable lost) {
      if (!ending) {
        lost(lost.getMessage());
      }
    }
  }

  private void lost(String problem) {
    if (!problem.equals(told)) {
      LOG.warn("bus {}: {}: {}; trying again", bus.name(), bus.place(), problem);
      told = problem;
      announced = false;
    }
    rounds.lost();
    rounds.dropOrders(problem);
  }

  /** Until the end, or until nobody answers on a connection. */
  private void poll(Wire wire) throws Unavailable, InterruptedException {
    rounds.begin();
    try {
      while (!ending && !(bus.place().isConnection() && rounds.unanswered() >= DEAF)) {
        var idle = rounds.turn(wire);
        if (rounds.unanswered() == 0) {
          backoff.reset();
          told = "";
        }
        errands.await(idle);
      }
    } finally {
      if (ending) {
        farewell(wire);
      }
    }
  }

  private void farewell(Wire wire) throws Unavailable, InterruptedException {
    Thread.interrupted(); // It meant: stop asking.
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (errands.hasOrders() && System.nanoTime() < deadline) {
      rounds.turn(wire);
    }
  }
}

package org.kerbside.drivers.board;

import org.kerbside.drivers.api.Backoff;
import org.kerbside.drivers.api.BusThread;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the lines of a chip open until it is told to end. */
final class PinKeeper implements BusThread.Work {

  private static final Logger LOG = LoggerFactory.getLogger(PinKeeper.class);

  private final BoardBus bus;
  private final Place.Lines place;
  private final Hardware hardware;
  private final PinRounds rounds;
  private final Backoff backoff;

  private volatile boolean ending;
  private String told = ""; // why they are not open, once it was said; the bus's thread's

  PinKeeper(BoardBus bus, Place.Lines place, Hardware hardware, PinRounds rounds, Backoff backoff) {
    this.bus = bus;
    this.place = place;
    this.hardware = hardware;
    this.rounds = rounds;
    this.backoff = backoff;
  }

  /** From another thread, which interrupts ours afterwards. */
  @Override
  public void end() {
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

  /** One opening of the lines from its begin to its end. */
  private void connect() throws InterruptedException {
    try (var pins = hardware.open(place)) {
      try {
        rounds.begin(pins);
        LOG.info("bus {}: {} are open", bus.name(), place);
        told = "";
        backoff.reset();
        while (!ending) {
          rounds.turn();
        }
      } finally {
        Thread.interrupted(); // It meant: stop turning. What follows goes native.
        rounds.end();
      }
    } catch (Unavailable lost) {
      lost(lost.getMessage());
    } catch (RuntimeException bug) {
      LOG.error("bus {}: a mistake of its own", bus.name(), bug);
      lost("a mistake of its own");
    }
  }

  private void lost(String problem) throws InterruptedException {
    if (!problem.equals(told)) {
      told = problem;
      LOG.warn("bus {}: {}; trying again", bus.name(), told);
      rounds.lost();
    }
    rounds.dropOrders(problem);
  }
}

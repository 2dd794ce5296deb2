package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.kerbside.drivers.api.Backoff;
import org.kerbside.drivers.api.BusThread;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the chips of a bus until it is told to end: always the one that is due longest. */
final class ChipKeeper implements BusThread.Work {

  private static final Logger LOG = LoggerFactory.getLogger(ChipKeeper.class);
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final String name;
  private final Place.Wires place;
  private final List<Station> stations;
  private final Inlet inlet;
  private final LongSupplier nanos;
  private final Questions questions;
  private final Backoff backoff;
  private final Watch watch;

  private volatile boolean ending;
  // The bus's thread's.
  private String told = ""; // why the bus is gone, once it was said
  private final Map<Station, String> silent = new HashMap<>(); // and why, once it was said

  ChipKeeper(
      String name,
      Place.Wires place,
      List<Station> stations,
      Inlet inlet,
      LongSupplier nanos,
      Questions questions,
      Duration patience) {
    this.name = name;
    this.place = place;
    this.stations = List.copyOf(stations);
    this.inlet = inlet;
    this.nanos = nanos;
    this.questions = questions;
    this.backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    this.watch = new Watch(nanos, patience, this::hangs);
  }

  /** From another thread, which interrupts ours afterwards. */
  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    var watching = Thread.ofVirtual().name("watch-" + name).start(watch);
    try {
      while (!ending) {
        turn();
      }
    } catch (InterruptedException end) {
      LOG.debug("bus {}: ends", name);
    } finally {
      watching.interrupt();
      stations.forEach(Station::close);
    }
  }

  /** One poll at most. */
  private void turn() throws InterruptedException {
    var first = stations.stream().min(Comparator.comparingLong(each -> each.poll().due()));
    long wait = first.map(each -> each.poll().due() - nanos.getAsLong()).orElse(IDLE.toNanos());
    if (wait > 0) {
      questions.turn(Math.min(wait, IDLE.toNanos()));
      return;
    }
    questions.turn(0);
    first.ifPresent(this::poll);
    if (!told.isEmpty()) {
      questions.turn(backoff.next().toNanos());
    }
  }

  /** On the watch's thread. The call cannot be ended; when it ends itself, the bus goes on. */
  private void hangs() {
    LOG.warn("bus {}: {} hangs in a call; look at its wires, SDA and SCL", name, place);
    stations.forEach(station -> deliver(station, station.bad(Reason.SILENT)));
  }

  private void poll(Station station) {
    watch.begins();
    try {
      deliver(station, station.read());
      station.poll().answered(nanos.getAsLong());
      back();
      if (silent.remove(station) != null) {
        LOG.info("{}/{}: answers", name, station.address());
      }
    } catch (Unavailable gone) {
      lost(gone.getMessage());
    } catch (DeviceException failed) {
      back();
      failed(station, failed);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      LOG.error("{}/{}: a mistake of its driver", name, station.address(), bug);
      station.close();
      fail(station, Reason.DEVICE_ERROR);
    } finally {
      watch.ends();
    }
  }

  private void failed(Station station, DeviceException failed) {
    if (!fail(station, failed.reason())
        && !failed.getMessage().equals(silent.put(station, failed.getMessage()))) {
      LOG.warn("{}/{}: {}", name, station.address(), failed.getMessage());
    }
  }

  /** Whether it is tried again at once. */
  private boolean fail(Station station, Reason reason) {
    boolean isTriedAgain = station.poll().failed(nanos.getAsLong());
    if (!isTriedAgain) {
      deliver(station, station.bad(reason));
    }
    return isTriedAgain;
  }

  private void back() {
    if (!told.isEmpty()) {
      LOG.info("bus {}: {} is open", name, place);
      told = "";
    }
    backoff.reset();
  }

  /** Whoever is due on a bus that is gone has not answered; all of it is opened again. */
  private void lost(String problem) {
    if (!problem.equals(told)) {
      LOG.warn("bus {}: {}; trying again", name, problem);
      told = problem;
    }
    long now = nanos.getAsLong();
    for (var station : stations) {
      station.close();
      if (station.poll().due() <= now) {
        station.poll().passed(now);
        deliver(station, station.bad(Reason.TIME_OUT));
      }
    }
  }

  /** A full intake costs this poll: the next one brings it again. */
  private void deliver(Station station, List<Sample> samples) {
    if (!samples.isEmpty()) {
      inlet.offer(Delivery.of(station.address(), samples));
    }
  }
}

package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.config.Standing.Probation;
import org.kerbside.config.Standing.Probation.Terms;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a revision that is not trusted yet. At its time's end it stays, if the city has
 * acknowledged the event that announces it, no bus answers worse than before and the process has
 * not crashed; else the gateway goes back to the revision before, once.
 */
final class Guard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private static final Duration PACE = Duration.ofSeconds(1);
  private static final String ON_PROBATION = "configuration-on-probation";

  private final Commissioning commissioning;
  private final Pushing pushing;
  private final Revisions revisions;
  private final Journal journal;
  private final Pipeline pipeline;
  private final Clock clock;

  private volatile long announced; // seq of the event that tells of the revision; 0 for not yet
  private volatile @Nullable Thread watching;

  Guard(
      Commissioning commissioning,
      Pushing pushing,
      Revisions revisions,
      Journal journal,
      Pipeline pipeline,
      Clock clock) {
    this.commissioning = commissioning;
    this.pushing = pushing;
    this.revisions = revisions;
    this.journal = journal;
    this.pipeline = pipeline;
    this.clock = clock;
  }

  /** Begins to watch, where what runs is on probation. */
  void watch() {
    try {
      var revision = commissioning.now().source().revision();
      var standing = revisions.standing();
      if (revision == null || standing.revision() != revision.number()) {
        return;
      }
      if (standing.returned() != 0) {
        tell("configuration-passed-over", standing.returned(), standing.because());
        pushing.cameBack(standing, revisions.of(standing.returned()));
      }
      if (standing.probation() != null) {
        tell(ON_PROBATION, revision.number(), standing.probation().terms().name());
        watching = Thread.ofVirtual().name("guard").start(this::run);
      }
    } catch (IOException broken) {
      LOG.warn("revisions: {}", broken.toString());
    }
  }

  private void tell(String what, long revision, String detail) {
    pipeline.arrive(
        new Event.Health(clock.now(), what, "revision-%d".formatted(revision), List.of(detail)));
  }

  /**
   * On the writer's thread.
   *
   * @param last of the stream of events, these among them
   */
  void committed(List<Event> events, long last) {
    for (var event : events) {
      if (event instanceof Event.Health told && told.what().equals(ON_PROBATION)) {
        announced = last;
      }
    }
  }

  private void run() {
    try {
      while (!isOver()) {
        Thread.sleep(PACE);
      }
    } catch (IOException broken) {
      LOG.warn("revisions: {}; the probation goes on at the next start", broken.toString());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOver() throws IOException {
    var standing = revisions.standing();
    var probation = standing.probation();
    if (probation == null) {
      return true;
    }
    if (Uptime.now().seconds() < probation.until()) {
      return false;
    }
    var because = because(probation);
    if (because.isEmpty()) {
      revisions.stand(standing.with(null));
      LOG.info("revision {} is kept", standing.revision());
    } else {
      goBack(standing, probation.back(), because);
    }
    return true;
  }

  /** Why it cannot stay; empty where it can. */
  private String because(Probation probation) {
    if (probation.terms() == Terms.RUNS) {
      return "";
    }
    if (probation.crashes() > 0) {
      return "the process has crashed %d times".formatted(probation.crashes());
    }
    long seq = announced;
    if (seq == 0 || !journal.unacknowledged(Stream.EVENTS, seq, seq, 1).isEmpty()) {
      return "the city has not heard of it";
    }
    return worse(probation.answering());
  }

  private String worse(SortedMap<String, Integer> before) {
    var devices = commissioning.now().config().devices();
    for (var bus : Roster.byBus(devices, pipeline.view().overview()).entrySet()) {
      int answering = bus.getValue().answering();
      int there = bus.getValue().devices().size();
      int did = before.getOrDefault(bus.getKey(), 0);
      if (answering < Math.min(there, did)) {
        return "%s: %d of %d answer, %d did before".formatted(bus.getKey(), answering, there, did);
      }
    }
    return "";
  }

  /** Once, and never in a chain: what is gone back to is trusted. */
  private void goBack(Standing standing, long back, String because) throws IOException {
    var before = revisions.of(back);
    try {
      commissioning.during(
          plan -> {
            var earlier = before == null ? null : Plan.read(plan.source().of(before));
            if (earlier == null) {
              LOG.warn(
                  "revision {} is gone: {} stays, though {}", back, standing.revision(), because);
              stay(standing);
            } else {
              commissioning.handOver(
                  earlier, new Returning(revisions, standing.returned(back, because)));
            }
            return plan;
          });
    } catch (CommandException late) {
      LOG.info("{}", late.getMessage()); // Another gateway takes over, and has a guard of its own.
    }
  }

  private void stay(Standing standing) {
    try {
      revisions.stand(standing.with(null));
    } catch (IOException broken) {
      LOG.warn("revisions: {}", broken.toString());
    }
  }

  @Override
  public void close() {
    var thread = watching;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Back on the revision before. */
  private record Returning(Revisions revisions, Standing standing) implements Turn {

    @Override
    public void begun(Gateway now) {
      try {
        revisions.stand(standing);
      } catch (IOException broken) {
        LOG.warn("revisions: {}; the next start tries it again", broken.toString());
      }
      var left = standing.returned();
      LOG.warn("back from revision {} to {}: {}", left, standing.revision(), standing.because());
      now.tell(
          "revision-%d".formatted(standing.revision()),
          "kerbside",
          "back from revision %d: %s".formatted(left, standing.because()));
      now.guard().watch();
    }

    @Override
    public void failed(CommandException why, Served now) {
      LOG.warn("revision {} cannot begin: {}", standing.revision(), why.getMessage());
    }
  }
}

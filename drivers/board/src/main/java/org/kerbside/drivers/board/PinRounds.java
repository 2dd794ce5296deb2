package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens on the lines of a chip, act by act. News is told at once, and waits for room in the
 * intake; what stays as it was is told at the bus's pace, and does not. Belongs to the bus's
 * thread.
 */
final class PinRounds {

  private static final Logger LOG = LoggerFactory.getLogger(PinRounds.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** A listener of the library may die silently; so often its lines are asked themselves. */
  static final Duration LOOK = Duration.ofSeconds(2);

  private final String name;
  private final List<Attached> attached;
  private final Acts acts;
  private final Inlet inlet;
  private final LongSupplier nanos;
  private final long every;

  // From one opening of the lines to their end.
  private @Nullable Pins pins;
  private final Map<Attached, Long> tellAt = new HashMap<>();
  private final Set<Attached> doubted = new HashSet<>(); // other at the last look than heard
  private long lookAt;

  PinRounds(BoardBus bus, List<Attached> attached, Acts acts, Inlet inlet, LongSupplier nanos) {
    this.name = bus.name();
    this.attached = List.copyOf(attached);
    this.acts = acts;
    this.inlet = inlet;
    this.nanos = nanos;
    this.every = (bus.every() == null ? EVERY : bus.every()).toNanos();
  }

  /** Takes every line, outputs first: until then they are what the board made of them. */
  void begin(Pins opened) throws Unavailable {
    doubted.clear();
    pins = opened;
    long now = nanos.getAsLong();
    lookAt = now + LOOK.toNanos();
    for (var each : outputsFirst()) {
      each.open(opened, now);
      tellAt.put(each, now);
    }
    for (var act : acts.drain()) {
      // Edges of lines that were closed are of no use; what was ordered meanwhile is still wanted.
      if (!(act instanceof Acts.Act.Edge)) {
        take(act);
      }
    }
  }

  private List<Attached> outputsFirst() {
    var sorted = new ArrayList<>(attached);
    sorted.sort((a, b) -> Boolean.compare(b instanceof OutputDevice, a instanceof OutputDevice));
    return sorted;
  }

  /** One act, or what is due without. */
  void turn() throws Unavailable, InterruptedException {
    var act = acts.next(due() - nanos.getAsLong());
    if (act != null) {
      take(act);
    }
    long now = nanos.getAsLong();
    for (var each : attached) {
      tell(each, each.turns(now), now);
    }
    if (now >= lookAt) {
      look(now);
    }
  }

  private void take(Acts.Act act) {
    switch (act) {
      case Acts.Act.Edge(var of, var level, var at) -> {
        of.hears(level, at);
        doubted.remove(of);
      }
      case Acts.Act.Look(var of, var answer) -> answer.complete(of.says(nanos.getAsLong()));
      case Acts.Act.Move(var of, var value) -> of.wants(value);
    }
  }

  private long due() {
    long due = lookAt;
    for (var each : attached) {
      due = Math.min(due, Math.min(each.due(), tellAt.getOrDefault(each, due)));
    }
    // An order is due at once, and the least time is no time to subtract from.
    return Math.max(due, nanos.getAsLong());
  }

  private void tell(Attached each, boolean isNews, long now) throws InterruptedException {
    boolean isDue = now >= tellAt.getOrDefault(each, now);
    if (!isNews && !isDue) {
      return;
    }
    tellAt.put(each, now + every);
    var samples = each.says(now);
    if (samples.isEmpty()) {
      return;
    }
    var delivery = Delivery.of(each.address(), samples);
    if (isNews) {
      inlet.put(delivery);
    } else {
      inlet.offer(delivery);
    }
    each.problems().forEach(problem -> inlet.report("bounce", each.address(), problem));
  }

  /** What twice is other than was heard, with nothing heard between, is not heard any more. */
  private void look(long now) throws Unavailable {
    lookAt = now + LOOK.toNanos();
    long lost = acts.lost();
    if (lost > 0) {
      LOG.warn("bus {}: {} edges or orders came too fast and are lost", name, lost);
    }
    for (var each : attached) {
      if (each.look(now)) {
        doubted.remove(each);
      } else if (!doubted.add(each)) {
        doubted.remove(each);
        inlet.report("deaf", each.address(), "edges were not heard; the line is taken anew");
        LOG.warn("bus {}: the edges of line {} were not heard; taken anew", name, each.address());
        if (pins != null) {
          each.listen(pins, now);
        }
      }
    }
  }

  /** Leaves every output safe. */
  void end() {
    for (var each : attached) {
      try {
        each.end();
      } catch (Unavailable gone) {
        LOG.warn("bus {}: line {} is not made safe: {}", name, each.address(), gone.getMessage());
      }
    }
    pins = null;
  }

  /** What was ordered cannot be driven: it is told, and not kept for better times. */
  void dropOrders(String problem) {
    for (var act : acts.drain()) {
      switch (act) {
        case Acts.Act.Edge edge -> {}
        case Acts.Act.Look(_, var answer) -> answer.completeExceptionally(new Unavailable(problem));
        case Acts.Act.Move(var of, _) ->
            inlet.report("not-written", of.address(), of.point() + ": " + problem);
      }
    }
  }

  /** The lines are gone: nobody on them says anything. */
  void lost() throws InterruptedException {
    for (var each : attached) {
      var silent = Sample.bad(each.point(), Reason.SILENT);
      inlet.put(Delivery.of(each.address(), List.of(silent)));
    }
  }
}

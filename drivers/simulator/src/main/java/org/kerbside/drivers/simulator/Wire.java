package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * What faults of the device itself make of what it says. Belongs to the world, one for each body.
 */
final class Wire {

  private static final double DRIFT = 0.01; // a day
  private static final double DAY = 86_400; // s

  private List<Sample> last = List.of();
  private Spike spike = Spike.NONE;
  private @Nullable Instant drifts;

  private enum Spike {
    NONE,
    PLAYED
  }

  List<Sample> carry(List<Sample> said, Set<Fault> faults, Instant now) {
    if (!faults.contains(Fault.SPIKE)) {
      spike = Spike.NONE;
    }
    if (!faults.contains(Fault.DRIFT)) {
      drifts = null;
    } else if (drifts == null) {
      drifts = now;
    }
    if (said.isEmpty() || faults.contains(Fault.SILENT)) {
      return List.of();
    }
    if (faults.contains(Fault.STUCK) && !last.isEmpty()) {
      return last;
    }
    last = said;
    return timed(garbled(said, faults, now), faults, now);
  }

  private List<Sample> garbled(List<Sample> said, Set<Fault> faults, Instant now) {
    if (faults.contains(Fault.SPIKE) && spike == Spike.NONE) {
      spike = Spike.PLAYED;
      return first(said, sample -> number(sample, 3, 1));
    }
    if (faults.contains(Fault.BAD_BYTES)) {
      return first(said, sample -> Sample.bad(sample.quantity(), Reason.BAD_CHECKSUM));
    }
    if (drifts != null) {
      double days = Duration.between(drifts, now).toSeconds() / DAY;
      return first(said, sample -> number(sample, 1 + DRIFT * days, 0));
    }
    return said;
  }

  private static List<Sample> timed(List<Sample> said, Set<Fault> faults, Instant now) {
    if (faults.contains(Fault.CLOCK_AHEAD)) {
      return said.stream().map(sample -> sample.at(now.plus(Fault.AHEAD))).toList();
    }
    if (faults.contains(Fault.CLOCK_BEHIND)) {
      return said.stream().map(sample -> sample.at(now.minus(Fault.BEHIND))).toList();
    }
    return said;
  }

  /** Changes the first number that a device says. */
  private static List<Sample> first(List<Sample> said, UnaryOperator<Sample> change) {
    var changed = new ArrayList<>(said);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).value() instanceof Value.Num) {
        changed.set(i, change.apply(changed.get(i)));
        break;
      }
    }
    return changed;
  }

  private static Sample number(Sample sample, double times, double more) {
    return sample.value() instanceof Value.Num(var number)
        ? new Sample(
            sample.quantity(),
            new Value.Num(Rounded.to(1000, times * number + more)),
            sample.unit(),
            sample.quality(),
            sample.at())
        : sample;
  }
}

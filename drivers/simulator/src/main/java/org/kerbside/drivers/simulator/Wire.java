package org.kerbside.drivers.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Value;

/**
 * What faults of the device itself make of what it says. Belongs to the world, one for each body.
 */
final class Wire {

  private List<Sample> last = List.of();
  private Spike spike = Spike.NONE;

  private enum Spike {
    NONE,
    PLAYED
  }

  List<Sample> carry(List<Sample> said, Set<Fault> faults) {
    if (!faults.contains(Fault.SPIKE)) {
      spike = Spike.NONE;
    }
    if (said.isEmpty() || faults.contains(Fault.SILENT)) {
      return List.of();
    }
    if (faults.contains(Fault.STUCK) && !last.isEmpty()) {
      return last;
    }
    last = said;
    if (faults.contains(Fault.SPIKE) && spike == Spike.NONE) {
      spike = Spike.PLAYED;
      return spiked(said);
    }
    return said;
  }

  /** The first number goes wild: three times as much, and one more. */
  private static List<Sample> spiked(List<Sample> said) {
    var wild = new ArrayList<>(said);
    for (int i = 0; i < wild.size(); i++) {
      var sample = wild.get(i);
      if (sample.value() instanceof Value.Num(var number)) {
        var value = new Value.Num(3 * number + 1);
        wild.set(
            i, new Sample(sample.quantity(), value, sample.unit(), sample.quality(), sample.at()));
        break;
      }
    }
    return wild;
  }
}

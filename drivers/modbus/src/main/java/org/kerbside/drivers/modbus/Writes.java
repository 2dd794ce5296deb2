package org.kerbside.drivers.modbus;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** Makes the request that moves an output. */
final class Writes {

  private static final int COIL_ON = 0xFF00; // Application Protocol V1.1b3, 6.5
  private static final int COIL = 5;

  private Writes() {}

  /**
   * What to write.
   *
   * @param value a number in the kept unit of the slot's
   */
  static Request request(Slot slot, Value value) throws DeviceException {
    var output = slot.output();
    if (output == null) {
      throw new DeviceException.Refused("%s is only read".formatted(slot.quantity()));
    }
    long bits = bits(slot, value);
    return switch (output.function()) {
      case COIL -> new Request.WriteOne(COIL, output.address(), bits == 1 ? COIL_ON : 0);
      case Request.WriteMany.FUNCTION -> new Request.WriteMany(output.address(), words(slot, bits));
      default ->
          new Request.WriteOne(output.function(), output.address(), words(slot, bits).getFirst());
    };
  }

  private static List<Integer> words(Slot slot, long bits) {
    return slot.place().order().words(bits, slot.place().layout().size());
  }

  private static long bits(Slot slot, Value value) throws DeviceException {
    return switch (slot.meaning()) {
      case Meaning.Measure number when value instanceof Value.Num(var wanted) ->
          bits(slot, number, wanted);
      case Meaning.Flag(var is) when value instanceof Value.Flag(var wanted) ->
          wanted ? Collections.min(is) : leastBut(is);
      case Meaning other ->
          throw new DeviceException.Refused(
              "%s cannot be set to %s".formatted(slot.quantity(), value));
    };
  }

  private static long leastBut(Set<Long> taken) {
    long least = 0;
    while (taken.contains(least)) {
      least++;
    }
    return least;
  }

  private static long bits(Slot slot, Meaning.Measure number, double wanted)
      throws DeviceException {
    var unit = number.unit();
    double written = unit == null ? wanted : ofKept(unit, wanted);
    var bits = slot.place().layout().bits(number.raw(written));
    if (bits == null) {
      throw new DeviceException.Refused(
          "%s: %s does not fit into its register".formatted(slot.quantity(), wanted));
    }
    return bits;
  }

  private static double ofKept(Unit unit, double kept) {
    return unit.base() == null ? kept : (kept - unit.offset()) / unit.factor();
  }
}

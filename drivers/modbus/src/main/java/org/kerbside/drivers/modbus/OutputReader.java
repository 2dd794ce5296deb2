package org.kerbside.drivers.modbus;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.gateway.model.Value;

/**
 * Reads how a point is written: {@code write: { function: 5, safe: off }}.
 *
 * @param own the point's section
 */
record OutputReader(Section own, Mistakes mistakes) {

  Slot.@Nullable Output read(Slot.Place place, Meaning meaning) {
    var write = own.section("write");
    if (write == null) {
      return null;
    }
    write.required("function", place.table() == Table.COIL ? "5" : "6");
    var function = write.choice("function", List.of("5", "6", "16"));
    var address = SlotReader.whole(write, "at", 0, 0xFFFF, mistakes);
    var safe = safe(write, meaning);
    write.refuseOthers("'write'");
    if (function == null || !fits(function, place, meaning, write)) {
      return null;
    }
    return new Slot.Output(
        Integer.parseInt(function), address == null ? place.address() : address, safe);
  }

  /** One register takes 16 bits, a coil one; a single bit of a register is not ours to write. */
  private boolean fits(String function, Slot.Place place, Meaning meaning, Section write) {
    boolean flag = meaning instanceof Meaning.Flag;
    boolean writable =
        switch (function) {
          case "5" -> flag || place.layout() == Layout.BIT;
          case "6" -> place.layout().size() == 1 && (flag || meaning instanceof Meaning.Measure);
          default -> place.layout() != Layout.BIT && (flag || meaning instanceof Meaning.Measure);
        };
    if (!writable) {
      mistakes.add(
          write.markOf("function"),
          "E104",
          "function %s cannot write this point".formatted(function),
          "5 writes a coil, 6 one register, 16 several; words and single bits are only read");
    }
    return writable;
  }

  private @Nullable Value safe(Section write, Meaning meaning) {
    if (!write.has("safe")) {
      return null;
    }
    if (meaning instanceof Meaning.Measure(_, _, var unit)) {
      var number = write.number("safe");
      return number == null ? null : new Value.Num(unit == null ? number : unit.toKept(number));
    }
    var word = write.choice("safe", List.of("on", "off"));
    return word == null ? null : Value.Flag.of(word.equals("on"));
  }

  /** Once the slot is whole: whether the device takes what is safe. */
  void checkSafe(Slot slot) {
    var output = slot.output();
    var write = own.section("write");
    if (output == null || output.safe() == null || write == null) {
      return;
    }
    try {
      Writes.request(slot, output.safe());
    } catch (DeviceException refused) {
      mistakes.add(
          write.markOf("safe"),
          "E103",
          String.valueOf(refused.getMessage()),
          "write a value that the device takes");
    }
  }
}

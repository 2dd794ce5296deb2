package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Point;

/**
 * What a device model has in its registers.
 *
 * @param timeout for its first byte; absent where the bus's own will do
 * @param every absent where the bus's own pace will do
 * @param whole reads it wants as they are; mostly none
 * @param gap so many registers that nobody wants may be read along
 * @param most so many registers in one request
 */
record ModbusProfile(
    String name,
    @Nullable Duration timeout,
    @Nullable Duration every,
    List<Request.Read> whole,
    int gap,
    int most,
    List<Slot> slots,
    List<Guard> guards) {

  ModbusProfile {
    whole = List.copyOf(whole);
    slots = List.copyOf(slots);
    guards = List.copyOf(guards);
  }

  /** Null when a mistake was told. */
  static @Nullable ModbusProfile read(Profile profile, Mistakes mistakes) {
    return new ProfileReader(profile, mistakes).read();
  }

  /** The same, of these only: what a device has no point for is not asked. */
  ModbusProfile only(Device device) {
    return only(
        device.asset().points().stream()
            .map(Point::name)
            .filter(device::tells)
            .collect(Collectors.toSet()));
  }

  ModbusProfile only(Set<String> quantities) {
    var wanted = slots.stream().filter(slot -> quantities.contains(slot.quantity())).toList();
    return new ModbusProfile(name, timeout, every, whole, gap, most, wanted, guards);
  }

  /** What to ask for: the reads as they are written, and what they do not hold. */
  List<Request.Read> reads() {
    var places = new ArrayList<Slot.Place>();
    slots.forEach(slot -> places.add(slot.place()));
    guards.forEach(guard -> places.add(guard.place()));
    places.removeIf(place -> whole.stream().anyMatch(place::isIn));
    var reads = new ArrayList<>(whole);
    reads.addAll(Reads.of(places, gap, most));
    return reads;
  }

  /** What the answers say; bad where there is none, each for its own reason. */
  List<Sample> samples(Image image) {
    var broken = guards.stream().filter(guard -> guard.isBroken(image)).findFirst();
    return slots.stream()
        .map(
            slot ->
                broken
                    .map(guard -> Sample.bad(slot.quantity(), guard.reason()))
                    .orElseGet(() -> slot.sample(image)))
        .toList();
  }

  @Nullable Slot slot(String quantity) {
    return slots.stream().filter(slot -> slot.quantity().equals(quantity)).findFirst().orElse(null);
  }
}

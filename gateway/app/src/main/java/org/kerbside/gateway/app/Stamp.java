package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;

/**
 * Adds who, when and how good to what a device said, and drops what a transport sends again and is
 * here already. Belongs to control's thread.
 */
final class Stamp {

  private final Silence silence;
  private final Recent recent;
  private final Reports reports;

  /**
   * @param silence of the devices that it knows; hears what they say
   */
  Stamp(Silence silence, Recent recent, Reports reports) {
    this.silence = silence;
    this.recent = recent;
    this.reports = reports;
  }

  /** Appends a delivery's readings and what is to be told of it. */
  void on(String bus, Delivery delivery, Moment now, List<Reading> readings, List<Event> events) {
    var device = silence.at(bus, delivery.device());
    if (device == null) {
      reports.add(
          "unknown-device", subject(bus, delivery), List.of("no asset is at it"), now, events);
      return;
    }
    var asset = device.asset();
    int before = readings.size();
    var problems = new ArrayList<>(delivery.problems());
    boolean again = delivery.sending() == Delivery.Sending.AGAIN;
    for (var sample : delivery.samples()) {
      var reading = read(sample, asset, now);
      if (reading == null) {
        problems.add(refusal(sample, asset));
      } else if (!again
          || !(recent.knows(reading, sample.at(), now) || isAmong(readings, reading))) {
        readings.add(reading);
      }
    }
    if (!silence.hears(device, readings, before, now)) {
      readings.subList(before, readings.size()).clear();
    }
    if (!problems.isEmpty()) {
      reports.add("refused", subject(bus, delivery), problems, now, events);
    }
  }

  private static String subject(String bus, Delivery delivery) {
    return bus + "/" + delivery.device();
  }

  /** Tells of a message that yielded nothing. */
  void refused(String what, String subject, String problem, Moment now, List<Event> events) {
    reports.add(what, subject, List.of(problem), now, events);
  }

  private static @Nullable Reading read(Sample sample, Asset asset, Moment now) {
    var point = asset.point(sample.quantity());
    return point == null ? null : Screen.read(sample, point, now);
  }

  private static String refusal(Sample sample, Asset asset) {
    var point = asset.point(sample.quantity());
    return point == null
        ? "'%s' is no point of %s".formatted(sample.quantity(), asset.id())
        : "%s: got %s%s, expected %s in %s"
            .formatted(
                point,
                sample.value(),
                sample.unit() == null ? "" : " in " + sample.unit(),
                point.spec().type(),
                point.unit());
  }

  /** The first sending may stand in the same turn. */
  private static boolean isAmong(List<Reading> readings, Reading again) {
    return again.timing() == Reading.Timing.SOURCE
        && readings.stream()
            .anyMatch(
                first ->
                    first.point().equals(again.point())
                        && first.at().wall().equals(again.at().wall())
                        && again.value() != null
                        && again.value().equals(first.value()));
  }
}

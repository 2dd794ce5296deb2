package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Quantities;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Unit;

/**
 * What a site says of its simulated street: {@code { driver: simulator, seed: 7, every: 1s, faults:
 * [ { fault: lamp-failure, asset: lamp-5, at: 20:00, for: 2h } ] }}.
 *
 * @param every one step, in the site's time
 */
public record StreetBus(long seed, Duration every, List<PlannedFault> faults) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  public StreetBus {
    faults = List.copyOf(faults);
  }

  /** What is wrong goes to the mistakes; the rest stands. */
  public static StreetBus read(BusConfig bus, Mistakes mistakes) {
    var own = bus.own();
    own.text("driver");
    long seed = seed(own, mistakes);
    var every = every(own, mistakes);
    var faults = new ArrayList<PlannedFault>();
    for (var section : own.sections("faults")) {
      var fault = fault(section, mistakes);
      if (fault != null) {
        faults.add(fault);
      }
    }
    own.refuseOthers("a bus of driver 'simulator'");
    return new StreetBus(seed, every, faults);
  }

  /** Tells of every planned fault whose asset is not on this bus, or cannot have it. */
  public void check(List<Device> devices, Mistakes mistakes) {
    for (var planned : faults) {
      String problem = problem(planned.fault(), planned.asset().text(), devices);
      if (problem != null) {
        mistakes.add(
            planned.asset().mark(),
            "E104",
            problem,
            Nearest.help(planned.asset().text(), fitting(planned.fault(), devices)));
      }
    }
  }

  /** Why that fault cannot strike that asset; null when it can. */
  static @Nullable String problem(Fault fault, String asset, List<Device> devices) {
    for (var device : devices) {
      if (device.asset().id().equals(asset)) {
        String kind = device.asset().kind().name();
        return fault.strikes(kind)
            ? null
            : "a %s cannot have the fault '%s'".formatted(kind, fault.word());
      }
    }
    return "no asset '%s' is on this bus".formatted(asset);
  }

  private static List<String> fitting(Fault fault, List<Device> devices) {
    return devices.stream()
        .map(Device::asset)
        .filter(asset -> fault.strikes(asset.kind().name()))
        .map(asset -> asset.id())
        .toList();
  }

  private static long seed(Section own, Mistakes mistakes) {
    var text = own.text("seed");
    if (text == null) {
      return 1;
    }
    try {
      return Long.parseLong(text.text());
    } catch (NumberFormatException none) {
      mistakes.add(
          text.mark(), "E104", "'%s' is not a whole number".formatted(text), "write for example 7");
      return 1;
    }
  }

  private static Duration every(Section own, Mistakes mistakes) {
    var every = own.duration("every");
    if (every == null) {
      return Duration.ofSeconds(1);
    }
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      mistakes.add(
          own.markOf("every"), "E103", "'every' is out of range", "write 100ms to 1min, as 1s");
      return Duration.ofSeconds(1);
    }
    return every;
  }

  private static @Nullable PlannedFault fault(Section section, Mistakes mistakes) {
    var word = section.required("fault", "lamp-failure");
    var asset = section.required("asset", "lamp-5");
    var at = section.required("at", "20:00");
    var lasts = section.required("for", "2h") == null ? null : section.duration("for");
    section.refuseOthers("a fault");
    var fault = word == null ? null : fault(word, mistakes);
    var begin = at == null ? null : begin(at, mistakes);
    if (lasts != null && !lasts.isPositive()) {
      mistakes.add(
          section.markOf("for"), "E103", "'for' is no time at all", "write for example 2h");
      return null;
    }
    return fault == null || asset == null || begin == null || lasts == null
        ? null
        : new PlannedFault(fault, asset, begin, lasts);
  }

  private static @Nullable Fault fault(Text word, Mistakes mistakes) {
    var fault = Fault.of(word.text());
    if (fault == null) {
      mistakes.add(
          word.mark(),
          "E104",
          "'%s' is no fault that the street can play".formatted(word),
          Nearest.help(word.text(), Fault.words()));
    }
    return fault;
  }

  private static PlannedFault.@Nullable Begin begin(Text at, Mistakes mistakes) {
    if (at.text().contains(":")) {
      try {
        return new PlannedFault.Begin.Daily(LocalTime.parse(at.text()));
      } catch (DateTimeParseException none) {
        mistakes.add(
            at.mark(), "E104", "'%s' is no time of day".formatted(at), "write 20:00 or 08:05:30");
        return null;
      }
    }
    Double seconds = Quantities.read(at, Unit.SECOND, mistakes);
    if (seconds == null) {
      return null;
    }
    if (seconds < 0) {
      mistakes.add(
          at.mark(), "E103", "'%s' lies before the start".formatted(at), "write for example 5min");
      return null;
    }
    return new PlannedFault.Begin.After(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}

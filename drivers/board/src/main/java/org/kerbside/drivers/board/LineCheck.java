package org.kerbside.drivers.board;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;

/** Tells of what is wrong with the devices on the lines of a chip. */
final class LineCheck {

  private final Place.Lines place;
  private final Mistakes mistakes;
  private final Map<String, @Nullable PinProfile> profiles = new HashMap<>();
  private final Map<Integer, Device> taken = new HashMap<>(); // by line

  LineCheck(Place.Lines place, Mistakes mistakes) {
    this.place = place;
    this.mistakes = mistakes;
  }

  void check(List<Device> devices) {
    for (var device : devices) {
      checkAddress(device);
      var profile = profile(device);
      if (profile != null) {
        checkPlace(device, profile);
        checkPoint(device, profile);
        checkPace(device, profile);
        checkFeedback(device, profile);
      }
    }
  }

  private void checkAddress(Device device) {
    var lines = Lines.of(device.address());
    if (lines == null) {
      mistakes.add(
          device.at().mark(),
          "E104",
          "'%s' is no line of a chip".formatted(device.address()),
          "write the line's number on the chip, as gpioinfo shows it: gpio/17");
      return;
    }
    claim(device, lines.line());
    if (lines.feedback() != null) {
      claim(device, lines.feedback());
    }
  }

  /** The same address was told already; here it is a relay's feedback. */
  private void claim(Device device, int line) {
    var earlier = taken.putIfAbsent(line, device);
    if (earlier != null && !earlier.address().equals(device.address())) {
      mistakes.add(
          device.at().mark(),
          "E204",
          "line %d is taken by '%s' already".formatted(line, earlier.at()),
          "each line is one device's");
    }
  }

  private void checkFeedback(Device device, PinProfile profile) {
    var lines = Lines.of(device.address());
    if (lines != null
        && lines.feedback() != null
        && !(profile instanceof PinProfile.Switch && place instanceof Place.Header)) {
      mistakes.add(
          device.at().mark(),
          "E104",
          "'%s': only a relay has a contact that shows what it does".formatted(device.address()),
          "write one line, as gpio/%d".formatted(lines.line()));
    }
  }

  private @Nullable PinProfile profile(Device device) {
    var written = device.profile();
    if (written == null) {
      mistakes.add(
          device.at().mark(),
          "E001",
          "'profile' is missing",
          "a line does not say what is wired to it: add profile: reed");
      return null;
    }
    return profiles.computeIfAbsent(written.name().text(), _ -> PinProfile.read(written, mistakes));
  }

  private void checkPlace(Device device, PinProfile profile) {
    boolean isDimmer = profile instanceof PinProfile.Dimmer;
    boolean fits = isDimmer == place instanceof Place.Pwm;
    if (!fits) {
      mistakes.add(
          device.at().mark(),
          "E201",
          isDimmer ? "a pin is high or low, and cannot dim" : "a PWM channel is no pin",
          isDimmer ? "put it on a bus of pwm: …" : "put it on a bus of pins: …");
    }
  }

  private void checkPoint(Device device, PinProfile profile) {
    var name = device.point();
    var point = name == null ? null : device.asset().point(name);
    if (point == null) {
      mistakes.add(
          device.at().mark(),
          "E404",
          "which point is wired to '%s'?".formatted(device.at()),
          "write it under its own key, as valve: gpio/24, or devices: [{ profile, at, point }]");
      return;
    }
    var problem = misfit(profile, point);
    if (problem != null) {
      mistakes.add(
          device.at().mark(),
          "E102",
          "'%s' %s".formatted(point, problem),
          "choose another profile, or another point");
    }
  }

  private static @Nullable String misfit(PinProfile profile, Point point) {
    var spec = point.spec();
    return switch (profile) {
      case PinProfile.Input(_, _, _, _, var words) when words != null ->
          spec.type() == PointType.STATE
                  && spec.words().containsAll(List.of(words.off(), words.on()))
              ? null
              : "has no such words: it has %s".formatted(spec.words());
      case PinProfile.Input input -> spec.type() == PointType.FLAG ? null : "is no flag";
      case PinProfile.Pulses pulses ->
          spec.type() != PointType.COUNTER
              ? "is no counter"
              : pulses.unit() == null || pulses.unit().fits(point.unit())
                  ? null
                  : "is in %s, here it is in %s".formatted(point.unit(), pulses.unit());
      case PinProfile.Switch relay ->
          spec.isWritable() && spec.type() != PointType.STATE ? null : "cannot be switched";
      case PinProfile.Dimmer dimmer ->
          spec.isWritable() && spec.type() == PointType.NUM ? null : "cannot be dimmed";
    };
  }

  private void checkPace(Device device, PinProfile profile) {
    if (profile instanceof PinProfile.Pulses pulses) {
      var contradiction = Pace.of(pulses, device.asset()).contradiction();
      if (contradiction != null) {
        mistakes.add(
            device.at().mark(),
            "E107",
            contradiction,
            "write the meter's greatest flow, as meter: { most: 5m3/h, … }, or a shorter debounce");
      }
    }
  }
}

package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Quantities;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Unit;

/** A programme of lamps from its section. */
final class LightingReader {

  private static final Pattern BY_SUN =
      Pattern.compile("(sunset|sunrise)(?:\\s*([+-])\\s*(\\S+))?");
  private static final String LIGHT = "lux";

  private final Site site;
  private final Ground ground;
  private final Mistakes mistakes;
  private final Dates dates;
  private final List<Point> inputs = new ArrayList<>();

  LightingReader(Site site, Ground ground, Mistakes mistakes) {
    this.site = site;
    this.ground = ground;
    this.mistakes = mistakes;
    dates = new Dates(mistakes);
  }

  /** What the programmes that were read look at. */
  List<Point> inputs() {
    return inputs;
  }

  @Nullable Programme read(Section section, Text name, List<ProgrammeReader.Owned> owned) {
    var spec = owned.getFirst().output().spec();
    var steps = steps(section, spec);
    var special = special(section, spec);
    var unknown = section.required("without-clock", "100%");
    var withoutClock = unknown == null ? null : Orders.value(unknown, spec, mistakes);
    Double darkBelow = section.quantity("dark-below", Unit.LUX);
    section.refuseOthers("a programme of lamps");
    if (steps.isEmpty() && !mistakes.hasErrors()) {
      mistakes.add(
          section.markOf("steps"),
          "E001",
          "'steps' is empty",
          "add { from: sunset, value: 100% } and { from: sunrise, value: 0% }");
    }
    if (withoutClock == null || steps.isEmpty()) {
      return null;
    }
    var nights = new Nights(new Sun(site), steps, special);
    return new Lighting(name.text(), nights, withoutClock, darkBelow, places(owned));
  }

  private List<Nights.Step> steps(Section section, PointSpec spec) {
    return section.sections("steps").stream()
        .map(written -> step(written, spec))
        .filter(Objects::nonNull)
        .toList();
  }

  private Nights.@Nullable Step step(Section section, PointSpec spec) {
    var from = section.required("from", "sunset - 10min");
    var value = section.required("value", "100%");
    section.refuseOthers("a step");
    var begins = from == null ? null : from(from);
    var wanted = value == null ? null : Orders.value(value, spec, mistakes);
    return begins == null || wanted == null ? null : new Nights.Step(begins, wanted);
  }

  /** The special nights of every calendar, in the order in which they are written. */
  private List<Nights.Special> special(Section section, PointSpec spec) {
    var special = new ArrayList<Nights.Special>();
    for (var calendar : section.sections("calendar")) {
      for (var night : calendar.sections("nights")) {
        var written = night.required("of", "2026-10-01..2026-10-07");
        var days = written == null ? null : dates.days(written);
        var steps = steps(night, spec);
        night.refuseOthers("a night");
        if (days != null) {
          special.add(new Nights.Special(days, steps));
        }
      }
      calendar.refuseOthers("a calendar");
    }
    return special;
  }

  private Nights.@Nullable From from(Text text) {
    var sun = BY_SUN.matcher(text.text());
    if (!sun.matches()) {
      var time = dates.time(text);
      return time == null ? null : new Nights.From.Clock(time);
    }
    var offset = Duration.ZERO;
    if (sun.group(3) != null) {
      var length = new Text(sun.group(3), text.mark(), text.style());
      Double seconds = Quantities.read(length, Unit.SECOND, mistakes);
      if (seconds == null) {
        return null;
      }
      offset = Duration.ofSeconds(Math.round(sun.group(2).equals("-") ? -seconds : seconds));
    }
    return sun.group(1).equals("sunset")
        ? new Nights.From.Sunset(offset)
        : new Nights.From.Sunrise(offset);
  }

  private List<Lighting.Place> places(List<ProgrammeReader.Owned> owned) {
    var places = new LinkedHashMap<List<Point>, List<Point>>();
    for (var each : owned) {
      places.computeIfAbsent(sensors(each.asset()), s -> new ArrayList<>()).add(each.output());
    }
    var made = new ArrayList<Lighting.Place>();
    places.forEach((sensors, outputs) -> made.add(new Lighting.Place(outputs, sensors)));
    return made;
  }

  /** Its feeder's, the weather's, any feeder's. */
  private List<Point> sensors(Asset lamp) {
    var feeder = ground.asset(lamp.parent());
    var sensors =
        Stream.of(
                feeder == null ? List.<Asset>of() : List.of(feeder),
                ground.ofKind("weather"),
                ground.ofKind("feeder"))
            .flatMap(List::stream)
            .map(asset -> asset.point(LIGHT))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    inputs.addAll(sensors);
    return sensors;
  }
}

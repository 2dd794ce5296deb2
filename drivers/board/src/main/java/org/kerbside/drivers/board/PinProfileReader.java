package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Quantities;
import org.kerbside.config.Section;
import org.kerbside.gateway.model.Unit;

/** Reads the profile of a line. Every mistake is told; the profile is there only without any. */
final class PinProfileReader {

  static final List<String> SORTS = List.of("input", "pulses", "switch", "dimmer");

  private static final List<String> LEVELS = List.of("low", "high");
  static final Duration DEBOUNCE = Duration.ofMillis(50);
  private static final Duration MOST_DEBOUNCE = Duration.ofSeconds(5);
  static final int FLAPS = 20;
  private static final int MOST_FLAPS = 1000;
  static final Duration WITHIN = Duration.ofMinutes(10);
  private static final Duration LEAST_TIME = Duration.ofSeconds(10); // of a relay
  private static final double FREQUENCY = 1000; // Hz
  private static final double MOST_FREQUENCY = 100_000;

  private final Profile profile;
  private final Mistakes mistakes;

  PinProfileReader(Profile profile, Mistakes mistakes) {
    this.profile = profile;
    this.mistakes = mistakes;
  }

  @Nullable PinProfile read() {
    long before = mistakes.errors();
    var own = profile.own();
    own.text("profile"); // these two were read by whoever found the file
    own.text("driver");
    var sorts = SORTS.stream().filter(own::has).toList();
    if (sorts.size() != 1) {
      mistakes.add(
          sorts.isEmpty() ? own.mark() : own.markOf(sorts.get(1)),
          "E001",
          "a line's profile is one of %s: got %d".formatted(String.join(", ", SORTS), sorts.size()),
          "add input: { pull: up, on: low }, or another of them");
      return null;
    }
    var section = own.section(sorts.getFirst());
    var made = section == null ? null : made(sorts.getFirst(), section);
    if (section != null) {
      section.refuseOthers("'%s'".formatted(sorts.getFirst()));
    }
    own.node("test"); // read by who tries it
    own.refuseOthers("the profile of a line");
    if (mistakes.errors() == before && made != null) {
      PinProof.of(profile, made, mistakes).forEach(PinProof::run);
    }
    return mistakes.errors() > before ? null : made;
  }

  private @Nullable PinProfile made(String sort, Section own) {
    return switch (sort) {
      case "input" -> input(own);
      case "pulses" -> pulses(own);
      case "switch" -> relay(own);
      default -> dimmer(own);
    };
  }

  private PinProfile input(Section own) {
    var flaps = Whole.read(own, "flapping", 1, MOST_FLAPS);
    var treatment =
        new Contact.Treatment(
            or(debounce(own), DEBOUNCE).toNanos(),
            flaps == null ? FLAPS : flaps,
            or(own.duration("within"), WITHIN).toNanos());
    return new PinProfile.Input(
        pull(own),
        level(own, "on", Level.HIGH),
        treatment,
        or(own.duration("warm-up"), Duration.ZERO),
        words(own.section("words")));
  }

  private static PinProfile.@Nullable Words words(@Nullable Section words) {
    var off = words == null ? null : words.required("off", "none");
    var on = words == null ? null : words.required("on", "moving");
    if (words != null) {
      words.refuseOthers("'words'");
    }
    return off == null || on == null ? null : new PinProfile.Words(off.text(), on.text());
  }

  private PinProfile pulses(Section own) {
    var unit = own.unit("unit");
    var step = own.number("step");
    var most = own.number("most");
    return new PinProfile.Pulses(
        pull(own),
        level(own, "edge", Level.LOW),
        debounce(own),
        most,
        step == null ? 1 : step,
        unit);
  }

  private PinProfile relay(Section own) {
    own.required("safe", "off");
    var safe = own.choice("safe", List.of("on", "off"));
    return new PinProfile.Switch(
        level(own, "on", Level.HIGH),
        "on".equals(safe),
        or(own.duration("min-on"), LEAST_TIME),
        or(own.duration("min-off"), LEAST_TIME));
  }

  private PinProfile dimmer(Section own) {
    own.required("safe", "100%");
    var safe = share(own, "safe");
    var frequency = own.quantity("frequency", Unit.HERTZ);
    if (frequency != null && (frequency < 1 || frequency > MOST_FREQUENCY)) {
      mistakes.add(
          own.markOf("frequency"), "E103", "'frequency' is out of range", "write 1Hz to 100000Hz");
      frequency = null;
    }
    double hertz = frequency == null ? FREQUENCY : frequency;
    return new PinProfile.Dimmer(
        Duration.ofNanos(Math.round(1e9 / hertz)), safe == null ? 1 : safe, curve(own));
  }

  private Curve curve(Section own) {
    var written = own.section("curve");
    if (written == null) {
      return Curve.STRAIGHT;
    }
    var points = new TreeMap<Double, Double>();
    for (var entry : written.entries()) {
      var light = Quantities.read(entry.key(), Unit.RATIO, mistakes);
      var given = share(written, entry.key().text());
      if (light != null && given != null) {
        points.put(light, given);
      }
    }
    if (!points.containsKey(0.0) || !points.containsKey(1.0) || points.firstKey() < 0) {
      mistakes.add(
          own.markOf("curve"),
          "E104",
          "the curve does not go from 0% to 100%",
          "write both ends at least: { 0%: 0%, 10%: 15%, 100%: 100% }");
      return Curve.STRAIGHT;
    }
    return new Curve(points);
  }

  private @Nullable Double share(Section own, String key) {
    var share = own.quantity(key, Unit.RATIO);
    if (share != null && (share < 0 || share > 1)) {
      mistakes.add(
          own.markOf(key), "E103", "'%s' is out of range".formatted(key), "write 0% to 100%");
      return null;
    }
    return share;
  }

  private @Nullable Duration debounce(Section own) {
    var written = own.duration("debounce");
    if (written != null && written.compareTo(MOST_DEBOUNCE) > 0) {
      mistakes.add(
          own.markOf("debounce"), "E103", "'debounce' is out of range", "write 0s to 5s, as 50ms");
    }
    return written;
  }

  private static Pull pull(Section own) {
    var written = own.choice("pull", List.of("up", "down", "off"));
    return switch (written) {
      case "up" -> Pull.UP;
      case "down" -> Pull.DOWN;
      case null, default -> Pull.OFF;
    };
  }

  private static Level level(Section own, String key, Level usual) {
    var written = own.choice(key, LEVELS);
    return written == null ? usual : written.equals("low") ? Level.LOW : Level.HIGH;
  }

  private static Duration or(@Nullable Duration written, Duration usual) {
    return written == null ? usual : written;
  }
}

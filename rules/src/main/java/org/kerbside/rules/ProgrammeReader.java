package org.kerbside.rules;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Quantities;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Unit;

/** A programme's section to a {@link Programme} over the site's outputs. */
final class ProgrammeReader {

  private static final Pattern BY_SUN =
      Pattern.compile("(sunset|sunrise)(?:\\s*([+-])\\s*(\\S+))?");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private final SiteConfig site;
  private final Mistakes mistakes;

  ProgrammeReader(SiteConfig site, Mistakes mistakes) {
    this.site = site;
    this.mistakes = mistakes;
  }

  /** Null when the site has no such output; null and mistakes when it is no programme. */
  @Nullable Programme read(Section section) {
    var name = section.required("programme", "street-evening");
    var kind = section.required("for", "lamp");
    var set = section.required("set", "dim");
    if (name == null || kind == null || set == null) {
      return null;
    }
    var owners = site.assets().stream().filter(a -> a.kind().name().equals(kind.text())).toList();
    var outputs = outputs(owners, set);
    if (outputs.isEmpty()) {
      return null;
    }
    return section.has("steps")
        ? lighting(section, name, outputs)
        : watering(section, name, outputs, owners);
  }

  private List<Point> outputs(List<Asset> owners, Text set) {
    var outputs = new ArrayList<Point>();
    for (var owner : owners) {
      var point = owner.point(set.text());
      if (point == null || !point.spec().isWritable()) {
        mistakes.add(
            set.mark(),
            "E404",
            "'%s' is no output of %s".formatted(set, owner.id()),
            Nearest.help(set.text(), owner.points().stream().map(Point::name).toList()));
        return List.of();
      }
      outputs.add(point);
    }
    return outputs;
  }

  private @Nullable Programme lighting(Section section, Text name, List<Point> outputs) {
    var spec = outputs.getFirst().spec();
    var steps = new ArrayList<Lighting.Step>();
    for (var written : section.sections("steps")) {
      var step = step(written, spec);
      if (step != null) {
        steps.add(step);
      }
    }
    var unknown = section.required("without-clock", "100%");
    var withoutClock = unknown == null ? null : Orders.value(unknown, spec, mistakes);
    section.refuseOthers("a programme of lamps");
    return withoutClock == null
        ? null
        : new Lighting(name.text(), new Sun(site.site()), steps, withoutClock, outputs);
  }

  private Lighting.@Nullable Step step(Section section, PointSpec spec) {
    var from = section.required("from", "sunset - 10min");
    var value = section.required("value", "100%");
    section.refuseOthers("a step");
    var begins = from == null ? null : from(from);
    var wanted = value == null ? null : Orders.value(value, spec, mistakes);
    return begins == null || wanted == null ? null : new Lighting.Step(begins, wanted);
  }

  private Lighting.@Nullable From from(Text text) {
    var sun = BY_SUN.matcher(text.text());
    if (!sun.matches()) {
      var time = time(text);
      return time == null ? null : new Lighting.From.Clock(time);
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
        ? new Lighting.From.Sunset(offset)
        : new Lighting.From.Sunrise(offset);
  }

  private @Nullable Programme watering(
      Section section, Text name, List<Point> outputs, List<Asset> owners) {
    var startText = section.required("start", "\"02:30\"");
    var start = startText == null ? null : time(startText);
    var run = section.required("run", "20min") == null ? null : section.duration("run");
    var days = days(section.texts("days"));
    var seasonText = section.text("season");
    var season = seasonText == null ? null : season(seasonText);
    section.refuseOthers("a programme of water");
    if (start == null || run == null) {
      return null;
    }
    var lines = new LinkedHashMap<String, List<Point>>();
    for (int i = 0; i < owners.size(); i++) {
      var parent = owners.get(i).parent();
      lines
          .computeIfAbsent(parent == null ? "" : parent, id -> new ArrayList<>())
          .add(outputs.get(i));
    }
    return new Watering(
        name.text(),
        site.site().zone(),
        new Watering.Times(start, run, days, season),
        lines(lines));
  }

  private static List<List<Point>> lines(Map<String, List<Point>> lines) {
    return List.copyOf(lines.values());
  }

  private Set<DayOfWeek> days(List<Text> texts) {
    if (texts.isEmpty()) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var text : texts) {
      int day = DAYS.indexOf(text.text());
      if (day < 0) {
        mistakes.add(
            text.mark(),
            "E104",
            "'%s' is no day of the week".formatted(text),
            Nearest.help(text.text(), DAYS));
      } else {
        days.add(DayOfWeek.of(day + 1));
      }
    }
    return days;
  }

  private @Nullable LocalTime time(Text text) {
    try {
      return LocalTime.parse(text.text());
    } catch (DateTimeException told) {
      mistakes.add(
          text.mark(),
          "E104",
          "'%s' is no time of day".formatted(text),
          "write \"23:00\", sunset or sunrise + 10min");
      return null;
    }
  }

  private Watering.@Nullable Season season(Text text) {
    String[] ends = text.text().split("\\.\\.", -1);
    try {
      if (ends.length == 2) {
        return new Watering.Season(
            MonthDay.parse("--" + ends[0].strip()), MonthDay.parse("--" + ends[1].strip()));
      }
    } catch (DateTimeException told) {
      // Told below, with what has no two ends.
    }
    mistakes.add(text.mark(), "E104", "'%s' is no season".formatted(text), "write 04-15..10-15");
    return null;
  }
}

package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Unit;
import org.kerbside.rules.ProgrammeReader.Owned;

/** A programme of water from its section. */
final class WateringReader {

  private static final String COUNTER = "volume";
  private static final double LONGEST = 40 * 60; // s, where neither programme nor zone says
  private static final double DAY = 86_400; // s

  private final Site site;
  private final Ground ground;
  private final Conditions conditions;
  private final Mistakes mistakes;
  private final Dates dates;
  private final List<Point> inputs = new ArrayList<>();

  WateringReader(Site site, Ground ground, Conditions conditions, Mistakes mistakes) {
    this.site = site;
    this.ground = ground;
    this.conditions = conditions;
    this.mistakes = mistakes;
    dates = new Dates(mistakes);
  }

  /** What the programmes that were read look at. */
  List<Point> inputs() {
    return inputs;
  }

  @Nullable Programme read(Section section, Text name, List<Owned> owned, Rule.Origin origin) {
    var startText = section.required("start", "\"02:30\"");
    var start = startText == null ? null : dates.time(startText);
    var days = dates.week(section.texts("days"));
    var seasonText = section.text("season");
    var season = seasonText == null ? null : dates.season(seasonText);
    var need = need(section);
    var budget = budget(section);
    var lines = lines(section, owned, origin);
    section.refuseOthers("a programme of water");
    if (start == null || need == null) {
      return null;
    }
    var times = new Watering.Times(site.zone(), start, days, season);
    return new Watering(name.text(), times, need, budget, lines);
  }

  private Watering.@Nullable Need need(Section section) {
    var given = Stream.of("water", "run", "until").filter(section::has).toList();
    if (given.size() > 1) {
      given.forEach(section::text);
      mistakes.add(
          section.markOf(given.getLast()),
          "E402",
          "'%s' and '%s' both say when a zone has had enough"
              .formatted(given.getFirst(), given.getLast()),
          "keep one");
    }
    if (section.has("water")) {
      Double water = section.quantity("water", Unit.CUBIC_METRE);
      return water == null ? null : new Watering.Need.Volume(water);
    }
    if (section.has("until")) {
      section.text("until");
      return new Watering.Need.Until();
    }
    section.required("run", "20min");
    var run = section.duration("run");
    return run == null ? null : new Watering.Need.Run(run);
  }

  private Watering.@Nullable Budget budget(Section section) {
    Double flow = section.quantity("budget", Unit.FLOW);
    if (flow == null) {
      return null;
    }
    var masters = counters(ground.ofKind("master"));
    var counters = masters.isEmpty() ? counters(ground.ofKind("zone")) : masters;
    inputs.addAll(counters);
    return new Watering.Budget(flow * DAY, counters);
  }

  private static List<Point> counters(List<Asset> assets) {
    return assets.stream().map(asset -> asset.point(COUNTER)).filter(Objects::nonNull).toList();
  }

  private List<List<Watering.Spot>> lines(Section section, List<Owned> owned, Rule.Origin origin) {
    var longest = section.duration("max-run");
    Map<String, List<Watering.Spot>> lines = new LinkedHashMap<>();
    for (var each : owned) {
      int before = mistakes.all().size();
      var spot = spot(section, each, longest, origin);
      if (mistakes.all().size() > before) {
        break; // One zone shows what is wrong; the others would say it again.
      }
      var parent = each.asset().parent();
      lines.computeIfAbsent(parent == null ? "" : parent, id -> new ArrayList<>()).add(spot);
    }
    return List.copyOf(lines.values());
  }

  private Watering.Spot spot(
      Section section, Owned owned, @Nullable Duration longest, Rule.Origin origin) {
    var asset = owned.asset();
    var parent = ground.asset(asset.parent());
    var counters =
        Stream.of(asset.point(COUNTER), parent == null ? null : parent.point(COUNTER))
            .filter(Objects::nonNull)
            .toList();
    inputs.addAll(counters);
    var own = Duration.ofSeconds(Math.round(asset.setting("max-run", LONGEST)));
    return new Watering.Spot(
        asset.id(),
        owned.output(),
        counters,
        condition(section, "skip-when", asset, origin),
        condition(section, "until", asset, origin),
        longest == null || own.compareTo(longest) < 0 ? own : longest);
  }

  private @Nullable Condition condition(
      Section section, String key, Asset asset, Rule.Origin origin) {
    var text = section.text(key);
    if (text == null) {
      return null;
    }
    var scope = new Scope(asset, ground, Map.of(), origin);
    var condition = conditions.read(text, scope);
    if (condition != null) {
      for (var input : condition.inputs()) {
        if (input.slot() instanceof Slot.OfPoint of) {
          inputs.add(of.point());
        }
      }
    }
    return condition;
  }
}

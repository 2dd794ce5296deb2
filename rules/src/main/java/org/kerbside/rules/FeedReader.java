package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Speech;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * Reads a trial's {@code feed}: by {@code asset/point} what its device says, by asset what people
 * do to it, by {@code gateway} what happens to the gateway itself.
 */
final class FeedReader {

  /** The key of what happens to the gateway. */
  static final String GATEWAY = "gateway";

  /** So many readings a line may stand for: a year of minutes. */
  private static final int MOST = 600_000;

  private static final List<String> OPS = List.of("ack", "shelve", "unshelve", "did");
  private static final List<String> CLOCKS = List.of("sync", "hold", "none");

  private final Map<String, Asset> byId = new LinkedHashMap<>();
  private final Mistakes mistakes;
  private final List<Happening> feed = new ArrayList<>();

  FeedReader(List<Asset> assets, Mistakes mistakes) {
    assets.forEach(asset -> byId.put(asset.id(), asset));
    this.mistakes = mistakes;
  }

  /** The ids of all assets that a feed speaks of. */
  static List<Text> assets(Section feed) {
    return feed.entries().stream()
        .map(Section.Entry::key)
        .filter(key -> key.text().indexOf('/') > 0)
        .map(key -> key.with(key.text().substring(0, key.text().indexOf('/'))))
        .toList();
  }

  List<Happening> read(Section section) {
    for (var entry : section.entries()) {
      var key = entry.key();
      var whole = byId.get(key.text());
      if (key.text().equals(GATEWAY)) {
        section.sections(key.text()).forEach(this::gateway);
      } else if (whole != null) {
        section.sections(key.text()).forEach(item -> asset(item, whole));
      } else {
        var point = point(key);
        if (point != null) {
          point(section, entry, point);
        }
      }
    }
    return Happening.inOrder(feed);
  }

  /** A lone value is said at the start. */
  private void point(Section section, Section.Entry entry, Point point) {
    if (entry.value() instanceof Node.Word(var text)) {
      heard(Duration.ZERO, point, Orders.value(text, point.spec(), mistakes));
      return;
    }
    for (var item : section.sections(entry.key().text())) {
      line(item, point);
      item.refuseOthers("a feed");
    }
  }

  private void line(Section item, Point point) {
    var at = at(item);
    if (item.has("ordered")) {
      var text = item.text("ordered");
      boolean isReleased = text != null && text.text().equals("nothing");
      var value = text == null || isReleased ? null : Orders.value(text, point.spec(), mistakes);
      if (isReleased || value != null) {
        feed.add(new Happening.Told(at, point, value));
      }
    } else if (item.has("every")) {
      series(item, point, at);
    } else {
      said(item, point, at);
    }
  }

  private void said(Section item, Point point, Duration at) {
    var quality = item.choice("quality", List.of("good", "uncertain", "bad"));
    var reason = item.text("reason");
    var why = reason == null ? Reason.DEVICE_ERROR : new Reason(reason.text());
    if ("bad".equals(quality)) {
      feed.add(new Happening.Heard(at, point, null, new Quality.Bad(why)));
      return;
    }
    var text = item.required("value", "20%");
    var value = text == null ? null : Orders.value(text, point.spec(), mistakes);
    if (value != null) {
      feed.add(
          new Happening.Heard(
              at,
              point,
              value,
              "uncertain".equals(quality) ? new Quality.Uncertain(why) : Quality.GOOD));
    }
  }

  private void series(Section item, Point point, Duration at) {
    var every = item.duration("every");
    var over = item.required("over", "8h") == null ? null : item.duration("over");
    boolean isRamp = item.has("from") || item.has("to");
    var from = isRamp ? item.required("from", "20%") : item.required("value", "20%");
    var to = isRamp ? item.required("to", "90%") : from;
    var first = from == null ? null : Orders.value(from, point.spec(), mistakes);
    var last = to == null ? null : Orders.value(to, point.spec(), mistakes);
    if (every == null || over == null || first == null || last == null) {
      return;
    }
    if (every.isZero() || over.dividedBy(every) > MOST) {
      mistakes.add(
          item.markOf("every"), "E403", "more than %d readings".formatted(MOST), "say less often");
      return;
    }
    if (isRamp && !isNumber(point.spec())) {
      mistakes.add(
          item.markOf("from"),
          "E403",
          "'%s' has no values between others".formatted(point),
          "write value: and every:");
      return;
    }
    for (var passed = Duration.ZERO; passed.compareTo(over) <= 0; passed = passed.plus(every)) {
      heard(
          at.plus(passed), point, between(first, last, (double) passed.toNanos() / over.toNanos()));
    }
  }

  private static boolean isNumber(PointSpec spec) {
    return spec.type() == PointType.NUM || spec.type() == PointType.COUNTER;
  }

  private static Value between(Value first, Value last, double share) {
    return first instanceof Value.Num(var from) && last instanceof Value.Num(var to)
        ? new Value.Num(from + (to - from) * share)
        : first;
  }

  private void heard(Duration at, Point point, @Nullable Value value) {
    if (value != null) {
      feed.add(new Happening.Heard(at, point, value, Quality.GOOD));
    }
  }

  /** An asset falls silent, or a person acts on it. */
  private void asset(Section item, Asset asset) {
    if (!item.has("silent")) {
      act(item, asset.id());
      return;
    }
    var at = at(item);
    var length = item.duration("silent");
    item.refuseOthers("a silence");
    if (length != null) {
      feed.add(new Happening.Fell(at, asset, Speech.State.SILENT));
      feed.add(new Happening.Fell(at.plus(length), asset, Speech.State.SPEAKS));
    }
  }

  /** A person at the cabinet, unless somebody else is named. */
  private void act(Section item, String asset) {
    var at = at(item);
    var op = OPS.stream().filter(item::has).findFirst().orElse("mode");
    var named = item.required(op, "maintenance");
    boolean isMode = op.equals("mode");
    boolean isDeed = op.equals("did");
    var mode = isMode ? item.choice(op, List.of("maintenance", "auto")) : null;
    var by = item.text("by");
    var who = by == null ? "crew:4711" : by.text();
    var reason = item.text("reason");
    var lease = item.duration("for");
    item.refuseOthers("what a person does");
    if (named == null || (isMode && mode == null)) {
      return;
    }
    feed.add(
        new Happening.Acted(
            at,
            new Command(
                "test",
                isMode ? "maintenance" : op,
                isMode || isDeed ? asset : asset + "/" + named,
                isDeed
                    ? new Value.State(named.text())
                    : "auto".equals(mode) ? Value.Flag.FALSE : null,
                who.startsWith("crew") ? Issuer.CREW : Issuer.CITY,
                who,
                reason == null ? "test" : reason.text(),
                null,
                null,
                lease == null && !op.equals("ack") && !isDeed ? Duration.ofHours(1) : lease,
                "test")));
  }

  private void gateway(Section item) {
    var at = at(item);
    if (item.has("restart")) {
      var length = item.duration("restart");
      feed.add(new Happening.Down(at, length == null ? Duration.ZERO : length));
    } else if (item.has("clock-step")) {
      var by = item.quantity("clock-step", Unit.SECOND);
      feed.add(
          new Happening.ClockStep(
              at, by == null ? Duration.ZERO : Duration.ofMillis(Math.round(by * 1000))));
    } else {
      item.required("clock", "none");
      var word = item.choice("clock", CLOCKS);
      for (var quality : ClockQuality.values()) {
        if (quality.word().equals(word)) {
          feed.add(new Happening.ClockTrust(at, quality));
        }
      }
    }
    item.refuseOthers("what happens to the gateway");
  }

  private Duration at(Section item) {
    var at = item.required("at", "10min") == null ? null : item.duration("at");
    return at == null ? Duration.ZERO : at;
  }

  private @Nullable Point point(Text key) {
    int slash = key.text().indexOf('/');
    var id = key.text().substring(0, Math.max(0, slash));
    var owner = byId.get(id);
    if (slash > 0 && owner == null) {
      return null; // Told of already: its name begins with no kind.
    }
    var point = owner == null ? null : owner.point(key.text().substring(slash + 1));
    if (point == null) {
      var known = new ArrayList<>(List.of(GATEWAY));
      byId.values().forEach(asset -> asset.points().forEach(p -> known.add(p.id().toString())));
      mistakes.add(
          key.mark(),
          "E404",
          "no point is called '%s'".formatted(key),
          Nearest.help(key.text(), known));
    }
    return point;
  }
}

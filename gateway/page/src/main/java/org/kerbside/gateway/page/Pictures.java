package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.page.Chart.Known;
import org.kerbside.gateway.page.Chart.Mark;
import org.kerbside.gateway.page.Part.Detail;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.Part.Picture;
import org.kerbside.gateway.page.Part.Table;

/** Draws a point's past, and says the same in a table. Asks the disk: never under a page's lock. */
final class Pictures {

  private static final int MOST_ROWS = 24;
  private static final int MOST_MARKS = 40;
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd");
  private static final DateTimeFormatter DAY_HOUR = DateTimeFormatter.ofPattern("MM-dd HH:mm");

  private final Stage stage;
  private final Words words;
  private final ZoneId zone;

  Pictures(Stage stage) {
    this.stage = stage;
    words = stage.words();
    zone = stage.site().zone();
  }

  Picture of(
      Asset asset, Point point, Span span, History.Series series, Chronicle.Pages chronicle) {
    var to = span.end(stage.overview().now().wall());
    var from = to.minus(span.length());
    var known = Chart.known(series);
    var chart = chart(asset, point, new Around(span, from, to, series.step()), known, chronicle);
    return new Picture(
        words.name("point", point.name()),
        chart,
        spans(asset, point, span),
        points(asset, point, span),
        table(point, span, series.step(), known),
        detail(asset, point, from, to));
  }

  /** Numbers are given out as to a viewer: nobody asks who has the address. */
  private Detail detail(Asset asset, Point point, Instant from, Instant to) {
    if (!Reader.VIEWER.seesPast(asset)) {
      return Detail.NONE;
    }
    var numbers =
        "/api/v1/assets/%s/points/%s/history?from=%s&to=%s"
            .formatted(point.id().asset(), point.name(), from, to);
    return new Detail(words.say("chart.detail"), numbers, zone.getId());
  }

  /** The stretch of time that is drawn. */
  private record Around(Span span, Instant from, Instant to, Duration step) {}

  private Chart chart(
      Asset asset, Point point, Around around, List<Known> known, Chronicle.Pages chronicle) {
    var scale = scale(point, around, known);
    var runs = Chart.runs(known, around.step);
    return new Chart(
        runs.stream().map(run -> Chart.line(run, around.step, scale)).toList(),
        runs.stream().map(run -> Chart.spread(run, around.step, scale)).toList(),
        Chart.gaps(runs, around.step, scale),
        limits(asset, point, scale),
        marks(asset, scale, chronicle),
        said(scale.high(), point),
        said(scale.low(), point),
        times(around, scale));
  }

  private static Chart.Scale scale(Point point, Around around, List<Known> known) {
    if (isShare(point)) {
      return new Chart.Scale(around.from, around.to, 0, 1);
    }
    double low = known.stream().mapToDouble(Known::min).min().orElse(0);
    double high = known.stream().mapToDouble(Known::max).max().orElse(1);
    low = Math.min(low, point.spec().min() >= 0 ? 0 : low);
    return new Chart.Scale(around.from, around.to, low, high > low ? high : low + 1);
  }

  /** Whether its axis goes from none to all: a share, or for how much of the time it was so. */
  private static boolean isShare(Point point) {
    return point.spec().type() == PointType.FLAG || Numbers.isShare(point.spec());
  }

  private String said(double value, Point point) {
    return point.spec().type() == PointType.FLAG
        ? Numbers.share(value)
        : Numbers.text(value, point.spec());
  }

  /** Where the alarms that stand have their limits. */
  private List<Chart.Limit> limits(Asset asset, Point point, Chart.Scale scale) {
    return stage.overview().alarms().stream()
        .filter(alarm -> alarm.asset().equals(asset.id()))
        .flatMap(alarm -> alarm.why().stream())
        .filter(why -> why.point().equals(point) && why.measure() == null)
        .map(why -> why.limit())
        .filter(limit -> limit != null && scale.shows(limit))
        .distinct()
        .map(limit -> new Chart.Limit(scale.y(limit), said(limit, point)))
        .toList();
  }

  private List<Mark> marks(Asset asset, Chart.Scale scale, Chronicle.Pages chronicle) {
    var marks = new ArrayList<Mark>();
    for (var event : chronicle.events()) {
      if (event instanceof Event.AlarmChanged changed
          && changed.change() == Event.AlarmChanged.Change.RAISED
          && changed.alarm().asset().equals(asset.id())
          && changed.at().wall().isAfter(scale.from())
          && marks.size() < MOST_MARKS) {
        marks.add(
            new Mark(
                scale.x(changed.at().wall()),
                stage.times().at(changed.at()) + " " + changed.alarm().rule()));
      }
    }
    return marks;
  }

  private List<Mark> times(Around around, Chart.Scale scale) {
    var format = around.span == Span.WEEK ? DAY : HOUR;
    var marks = new ArrayList<Mark>();
    for (int quarter = 0; quarter <= 4; quarter++) {
      var time = around.from.plus(around.span.length().multipliedBy(quarter).dividedBy(4));
      marks.add(new Mark(scale.x(time), format.format(time.atZone(zone))));
    }
    return marks;
  }

  private List<Link> spans(Asset asset, Point point, Span current) {
    var links = new ArrayList<Link>();
    for (var span : Span.values()) {
      var path = new Route.Asset(asset.id(), point.name(), span).path();
      links.add(
          new Link(
              words.say("chart." + span.name().toLowerCase(Locale.ROOT)),
              path,
              span == current ? "current" : ""));
    }
    return links;
  }

  private List<Link> points(Asset asset, Point current, Span span) {
    var links = new ArrayList<Link>();
    for (var point : asset.points()) {
      if (stage.overview().of(point).last() != null || point.equals(current)) {
        var path = new Route.Asset(asset.id(), point.name(), span).path();
        links.add(
            new Link(
                words.name("point", point.name()), path, point.equals(current) ? "current" : ""));
      }
    }
    return links.size() > 1 ? links : List.of();
  }

  /** Rows of the same numbers, a few steps together where there are many. */
  private Table table(Point point, Span span, Duration step, List<Known> known) {
    var format = span == Span.HOUR ? HOUR : DAY_HOUR;
    long each = Math.max(1, (span.length().dividedBy(step) + MOST_ROWS - 1) / MOST_ROWS);
    var width = step.multipliedBy(each);
    var rows = new ArrayList<List<String>>();
    var rest = new ArrayList<>(known);
    while (!rest.isEmpty()) {
      long slot = rest.getFirst().from().toEpochMilli() / width.toMillis();
      var together =
          rest.stream()
              .filter(one -> one.from().toEpochMilli() / width.toMillis() == slot)
              .toList();
      rest.removeAll(together);
      rows.add(
          List.of(
              format.format(Instant.ofEpochMilli(slot * width.toMillis()).atZone(zone)),
              said(together.stream().mapToDouble(Known::min).min().orElse(0), point),
              said(together.stream().mapToDouble(Known::mean).average().orElse(0), point),
              said(together.stream().mapToDouble(Known::max).max().orElse(0), point)));
    }
    return new Table(
        words.say("chart.table"),
        List.of(
            words.say("chart.time"),
            words.say("chart.min"),
            words.say("chart.mean"),
            words.say("chart.max")),
        rows.reversed());
  }
}

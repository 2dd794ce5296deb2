package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.page.Part.Picture;

/** Draws the screen of an address. Thread-safe. */
final class Screens {

  private static final Duration PAST_KEPT = Duration.ofSeconds(30);
  private static final int MOST_PASTS = 32;

  private final Shown shown;
  private final String hotline;
  private final Executor disk;
  private final SequencedMap<Key, Past> pasts =
      new LinkedHashMap<>(); // guarded by itself; oldest first

  /** What a past is of. */
  private record Key(int point, Span span, Duration step) {}

  /** A point's past, as it was read then. */
  private record Past(History.Series series, long at) {}

  /**
   * @param disk where history is asked: a native call would hold a core's virtual threads
   */
  Screens(Shown shown, String hotline, Executor disk) {
    this.shown = shown;
    this.hotline = hotline;
    this.disk = disk;
  }

  /** The screen as it is now; null when it is of an asset that there is not. */
  @Nullable Screen draw(Route route, Words words, Reader reader) {
    var stage = Stage.of(shown.view(), words, reader, hotline);
    return switch (route) {
      case Route.Site() -> Scene.draw(stage);
      case Route.Kiosk() -> Scene.kiosk(stage);
      case Route.Public() -> PublicScene.draw(stage);
      case Route.Alarms(var show) -> AlarmsScene.draw(stage, show, shown.chronicle().pages());
      case Route.Work() -> WorkScene.draw(stage);
      case Route.Gateway() -> GatewayScene.draw(stage, shown.machine().facts(), shown.clock().by());
      case Route.Asset asset -> asset(stage, asset);
    };
  }

  private @Nullable Screen asset(Stage stage, Route.Asset route) {
    var standing = stage.standings().get(route.id());
    if (standing == null) {
      return null;
    }
    return AssetScene.draw(
        stage,
        standing,
        picture(stage, standing, route),
        shown.machine().fittings(route.id()),
        shown.chronicle().pages());
  }

  private @Nullable Picture picture(Stage stage, Standing standing, Route.Asset route) {
    var asset = standing.asset();
    var point = point(standing, route.point());
    if (point == null || !stage.seesPast(asset.id())) {
      return null;
    }
    var series = past(stage, point, route.span());
    return new Pictures(stage).of(asset, point, route.span(), series, shown.chronicle().pages());
  }

  private static @Nullable Point point(Standing standing, @Nullable String name) {
    Asset asset = standing.asset();
    if (name != null && asset.point(name) != null) {
      return asset.point(name);
    }
    return standing.shown().isEmpty() ? null : standing.chief().point();
  }

  private History.Series past(Stage stage, Point point, Span span) {
    var least = stage.reader().least(point);
    var step = span.step().compareTo(least) < 0 ? least : span.step();
    var key = new Key(point.index(), span, step);
    synchronized (pasts) {
      var kept = pasts.get(key);
      if (kept != null && System.nanoTime() - kept.at < PAST_KEPT.toNanos()) {
        return kept.series;
      }
    }
    var to = span.end(stage.overview().now().wall());
    var series =
        CompletableFuture.supplyAsync(
                () -> shown.history().of(point.id(), to.minus(span.length()), to, step), disk)
            .join();
    synchronized (pasts) {
      pasts.putLast(key, new Past(series, System.nanoTime()));
      if (pasts.size() > MOST_PASTS) {
        pasts.pollFirstEntry();
      }
    }
    return series;
  }
}

package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reading.Timing;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

class DeriveTest {

  private static final Moment START =
      new Moment(Instant.parse("2026-07-01T00:00:00Z"), ClockQuality.SYNC, Duration.ZERO);

  private int index;
  private final Asset toilet = asset("toilet", "wc-1", null, Map.of());
  private final Asset first = asset("stall", "f1", "wc-1", Map.of());
  private final Asset second = asset("stall", "f2", "wc-1", Map.of());
  private final Asset bin =
      asset("bin", "bin-1", null, Map.of("empty", new Value.Num(1.2), "full", new Value.Num(.3)));
  private final Asset lamp = asset("lamp", "lamp-1", null, Map.of("power", new Value.Num(60)));
  private final Derive derive = new Derive(List.of(toilet, first, second, bin, lamp));
  private final Derive.Memory memory = derive.start();
  private Moment now = START;

  @Test
  void aDistanceBecomesAFill() {
    assertThat(number(said(bin, "distance", new Value.Num(.42)), "fill")).isEqualTo(0.867);
    assertThat(number(said(bin, "distance", new Value.Num(1.5)), "fill")).isEqualTo(0);
    assertThat(number(said(bin, "distance", new Value.Num(.1)), "fill")).isEqualTo(1);
  }

  @Test
  void noEchoIsNotEmpty() {
    var made = said(bin, Reading.bad(point(bin, "distance"), Reason.NO_ECHO, now, Timing.RECEIPT));

    assertThat(named(made, "fill")).isNotNull();
    assertThat(named(made, "fill").quality()).isEqualTo(new Quality.Bad(Reason.NO_ECHO));
  }

  @Test
  void doorAndPresenceMustAgree() {
    assertThat(flag(said(first, "presence", new Value.State("moving")), "occupied")).isTrue();
    assertThat(flag(said(first, "shut", Value.Flag.TRUE), "occupied")).isTrue();
    // A still person vanishes from the radar behind a shut door.
    assertThat(named(said(first, "presence", new Value.State("none")), "occupied")).isNull();
    assertThat(flag(said(first, "shut", Value.Flag.FALSE), "occupied")).isFalse();
  }

  @Test
  void oneInputAloneIsDoubted() {
    var occupied = named(said(first, "presence", new Value.State("still")), "occupied");

    assertThat(occupied.quality()).isEqualTo(new Quality.Uncertain(Reason.ONE_INPUT));
  }

  @Test
  void twoDevicesWhoseClocksDifferStillAgree() {
    said(first, "shut", Value.Flag.TRUE);
    var ahead = now.at(now.wall().plusSeconds(30));
    said(
        first,
        Reading.good(point(first, "presence"), new Value.State("moving"), ahead, Timing.SOURCE));
    var opened = Reading.good(point(first, "shut"), Value.Flag.FALSE, now, Timing.SOURCE);
    said(first, opened);
    var left =
        Reading.good(point(first, "presence"), new Value.State("none"), ahead, Timing.SOURCE);
    var made = said(first, left);
    assertThat(flag(made, "occupied")).isFalse();
    said(second, Reading.good(point(second, "occupied"), Value.Flag.FALSE, now, Timing.SOURCE));
    assertThat(number(said(first, left), "free")).isEqualTo(2);
  }

  @Test
  void anUnknownStallIsNotFree() {
    assertThat(number(said(first, "occupied", Value.Flag.FALSE), "free")).isEqualTo(1);
    assertThat(number(said(second, "occupied", Value.Flag.FALSE), "free")).isEqualTo(2);
    var lost = Reading.bad(point(first, "occupied"), Reason.STALE, now, Timing.RECEIPT);
    assertThat(number(said(first, lost), "free")).isEqualTo(1);
  }

  @Test
  void aLampIsJudgedByWhatItShouldDraw() {
    said(lamp, "dim", new Value.Num(1));
    assertThat(flag(said(lamp, "power", new Value.Num(58)), "lit")).isTrue();
    assertThat(flag(said(lamp, "power", new Value.Num(0.6)), "lit")).isFalse();
    now = now.plus(Duration.ofMinutes(5));
    said(lamp, "dim", new Value.Num(0));
    assertThat(named(said(lamp, "power", new Value.Num(58)), "lit"))
        .as("no verdict while it settles")
        .isNull();
    now = now.plus(Lit.SETTLE);
    assertThat(flag(said(lamp, "power", new Value.Num(58)), "lit")).as("a day burner").isTrue();
    assertThat(flag(said(lamp, "power", new Value.Num(0.6)), "lit")).isFalse();
  }

  @Test
  void aSilentLampIsNeitherLitNorDark() {
    var made = said(lamp, Reading.bad(point(lamp, "power"), Reason.SILENT, now, Timing.RECEIPT));

    assertThat(named(made, "lit").isBad()).isTrue();
  }

  @Test
  void anOlderReadingIsPassedOnAndTeachesNothing() {
    said(first, "occupied", Value.Flag.FALSE);
    var older = START.at(START.wall().minusSeconds(60));
    var late = Reading.good(point(first, "occupied"), Value.Flag.TRUE, older, Timing.SOURCE);

    assertThat(derive.apply(memory, List.of(late))).containsExactly(late);
  }

  private List<Reading> said(Asset asset, String name, Value value) {
    return said(asset, Reading.good(point(asset, name), value, now, Timing.RECEIPT));
  }

  private List<Reading> said(Asset asset, Reading reading) {
    assertThat(reading.point().id().asset()).isEqualTo(asset.id());
    return derive.apply(memory, List.of(reading));
  }

  private static @Nullable Reading find(List<Reading> made, String name) {
    return made.stream().filter(r -> r.point().name().equals(name)).findFirst().orElse(null);
  }

  @SuppressWarnings("NullAway") // A missing one fails the test that asks, by its own assertion.
  private static Reading named(List<Reading> made, String name) {
    return find(made, name);
  }

  private static double number(List<Reading> made, String name) {
    if (named(made, name).value() instanceof Value.Num(var number)) {
      return number;
    }
    throw new AssertionError("no number in " + named(made, name));
  }

  private static boolean flag(List<Reading> made, String name) {
    if (named(made, name).value() instanceof Value.Flag(var flag)) {
      return flag;
    }
    throw new AssertionError("no flag in " + named(made, name));
  }

  private static Point point(Asset asset, String name) {
    var point = asset.point(name);
    if (point == null) {
      throw new AssertionError(asset.id() + " has no point " + name);
    }
    return point;
  }

  private Asset asset(
      String kindName, String id, @Nullable String parent, Map<String, Value> settings) {
    var kind = Kinds.TABLE.get(kindName);
    if (kind == null) {
      throw new AssertionError("no kind " + kindName);
    }
    var points = new ArrayList<Point>();
    for (var spec : kind.points().values()) {
      points.add(new Point(index++, new PointId(id, spec.name()), spec));
    }
    return new Asset(id, kind, id, parent, points, settings, Map.of());
  }
}

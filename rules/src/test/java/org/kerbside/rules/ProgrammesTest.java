package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Value;

class ProgrammesTest {

  private static final Duration UP = Duration.ofHours(1);

  /** Chengdu, 1 July: the sun sets at about 20:11 and rises at about 06:04. */
  @ParameterizedTest
  @CsvSource({
    "2026-07-01T12:00, 0.0",
    "2026-07-01T19:55, 0.0",
    "2026-07-01T20:05, 1.0",
    "2026-07-01T22:59, 1.0",
    "2026-07-01T23:00, 0.5",
    "2026-07-02T00:30, 0.5",
    "2026-07-02T05:29, 0.5",
    "2026-07-02T05:30, 1.0",
    "2026-07-02T06:10, 1.0",
    "2026-07-02T06:20, 0.0",
  })
  void lampsFollowSunAndClock(LocalDateTime local, double dim) {
    var street = new Street().with("lamp", "lamp-1", null).with("lamp", "lamp-2", null);
    assertThat(values(street, at(local, ClockQuality.SYNC)))
        .isEqualTo(Map.of("lamp-1/dim", dim, "lamp-2/dim", dim));
  }

  @Test
  void whoDoesNotKnowTheTimeLightsAndDoesNotWater() {
    var noon = at(LocalDateTime.parse("2026-07-02T02:35"), ClockQuality.NONE);
    assertThat(values(garden().with("lamp", "lamp-1", null), noon))
        .isEqualTo(Map.of("lamp-1/dim", 1.0, "zone-1/valve", 0.0, "zone-2/valve", 0.0));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-02T02:29, 0, 0",
    "2026-07-02T02:30, 1, 0",
    "2026-07-02T02:49, 1, 0",
    "2026-07-02T02:50, 0, 1",
    "2026-07-02T03:09, 0, 1",
    "2026-07-02T03:10, 0, 0",
    "2026-04-14T02:40, 0, 0",
    "2026-04-15T02:40, 1, 0",
    "2026-10-15T02:40, 1, 0",
    "2026-10-16T02:40, 0, 0",
  })
  void zonesRunOneAfterTheOtherInTheirSeason(LocalDateTime local, double first, double second) {
    assertThat(values(garden(), at(local, ClockQuality.HOLD)))
        .isEqualTo(Map.of("zone-1/valve", first, "zone-2/valve", second));
  }

  @Test
  void theOrdersAreTheProgrammes() {
    var plan =
        garden()
            .book()
            .programmes()
            .decide(at(LocalDateTime.parse("2026-01-01T00:00"), ClockQuality.SYNC));
    assertThat(plan.orders())
        .extracting("issuer", "by")
        .containsOnly(org.assertj.core.groups.Tuple.tuple(Issuer.PROGRAMME, "lawn-drip"));
  }

  @Test
  void wakesForTheNextStepAndNeverLaterThanInTenMinutes() {
    var programmes = garden().book().programmes();
    var soon = at(LocalDateTime.parse("2026-07-02T02:27"), ClockQuality.SYNC);
    assertThat(programmes.decide(soon).wake()).isEqualTo(UP.plusMinutes(3));
    var later = at(LocalDateTime.parse("2026-07-02T12:00"), ClockQuality.SYNC);
    assertThat(programmes.decide(later).wake()).isEqualTo(UP.plusMinutes(10));
  }

  /** Where the civil clock runs far before the sun, as in the west of China in summer. */
  @Test
  void aStepByTheClockLightsNothingBeforeTheSunHasSet() {
    var kashgar =
        new Sun(
            new org.kerbside.gateway.model.Site("K", "K", ZoneId.of("Asia/Shanghai"), 39.5, 60));
    var lamp = new Street().with("lamp", "lamp-1", null).point("lamp-1/dim");
    var lighting =
        new Lighting(
            "evening",
            kashgar,
            List.of(
                new Lighting.Step(new Lighting.From.Sunset(Duration.ZERO), new Value.Num(1)),
                new Lighting.Step(
                    new Lighting.From.Clock(java.time.LocalTime.of(23, 0)), new Value.Num(.5)),
                new Lighting.Step(new Lighting.From.Sunrise(Duration.ZERO), new Value.Num(0))),
            new Value.Num(1),
            List.of(lamp));
    var said = new java.util.ArrayList<org.kerbside.gateway.model.Order>();
    var late = LocalDateTime.parse("2026-07-01T23:10").atZone(ZoneId.of("Asia/Shanghai"));
    lighting.decide(late.toInstant(), said::add);
    assertThat(said).singleElement().extracting("value").isEqualTo(new Value.Num(0));
  }

  private static Street garden() {
    return new Street()
        .with("master", "master", null)
        .with("zone", "zone-1", "master")
        .with("zone", "zone-2", "master");
  }

  private static Map<String, Double> values(Street street, Moment now) {
    var values = new TreeMap<String, Double>();
    for (var order : street.book().programmes().decide(now).orders()) {
      values.put(
          order.point().toString(), order.value() instanceof Value.Num(var n) ? n : Double.NaN);
    }
    return values;
  }

  private static Moment at(LocalDateTime local, ClockQuality clock) {
    Instant wall = local.atZone(Street.SITE.zone()).toInstant();
    return new Moment(wall, clock, UP);
  }
}

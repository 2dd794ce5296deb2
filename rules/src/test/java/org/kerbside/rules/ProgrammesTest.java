package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Site;
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

  @Test
  void theOrdersAreTheProgrammes() {
    var plan = plan(garden(), at(LocalDateTime.parse("2026-01-01T00:00"), ClockQuality.SYNC));
    assertThat(plan.orders())
        .extracting("issuer", "by")
        .containsOnly(tuple(Issuer.PROGRAMME, "lawn-drip"));
  }

  @Test
  void wakesForTheNextStepAndNeverLaterThanInTenMinutes() {
    var soon = at(LocalDateTime.parse("2026-07-02T02:27"), ClockQuality.SYNC);
    assertThat(plan(garden(), soon).wake()).isEqualTo(UP.plusMinutes(3));
    var later = at(LocalDateTime.parse("2026-07-02T12:00"), ClockQuality.SYNC);
    assertThat(plan(garden(), later).wake()).isEqualTo(UP.plusMinutes(10));
  }

  @Test
  void thePagesExamplesAreProgrammes() throws IOException {
    var fences = Files.readString(Path.of("README.md")).split("```yaml\n");
    var examples = Stream.of(fences).filter(text -> text.startsWith("programme:")).toList();
    assertThat(examples).hasSize(2);
    for (var example : examples) {
      var yaml =
          example.substring(0, example.indexOf("```")).indent(4).replaceFirst("    p", "  - p");
      assertThat(garden().with("lamp", "lamp-1", null).rules("rules:\n" + yaml).told()).isEmpty();
    }
  }

  /** Where the civil clock runs far before the sun, as in the west of China in summer. */
  @Test
  void aStepByTheClockLightsNothingBeforeTheSunHasSet() {
    var kashgar = new Sun(new Site("K", "K", ZoneId.of("Asia/Shanghai"), 39.5, 60));
    var nights =
        new Nights(
            kashgar,
            List.of(
                new Nights.Step(new Nights.From.Sunset(Duration.ZERO), new Value.Num(1)),
                new Nights.Step(new Nights.From.Clock(LocalTime.of(23, 0)), new Value.Num(.5)),
                new Nights.Step(new Nights.From.Sunrise(Duration.ZERO), new Value.Num(0))),
            List.of());
    var late = LocalDateTime.parse("2026-07-01T23:10").atZone(ZoneId.of("Asia/Shanghai"));
    assertThat(nights.at(late.toInstant()).value()).isEqualTo(new Value.Num(0));
  }

  private static Street garden() {
    return new Street()
        .with("master", "master", null)
        .with("zone", "zone-1", "master")
        .with("zone", "zone-2", "master");
  }

  private static Map<String, Double> values(Street street, Moment now) {
    var values = new TreeMap<String, Double>();
    for (var order : plan(street, now).orders()) {
      values.put(
          order.point().toString(), order.value() instanceof Value.Num(var n) ? n : Double.NaN);
    }
    return values;
  }

  private static Plan plan(Street street, Moment now) {
    var book = street.book();
    return book.programmes().decide(book.programmes().start(), book.engine().start(), now);
  }

  private static Moment at(LocalDateTime local, ClockQuality clock) {
    Instant wall = local.atZone(Street.SITE.zone()).toInstant();
    return new Moment(wall, clock, UP);
  }
}

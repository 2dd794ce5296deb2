package org.kerbside.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.desk.Bench.FULL;
import static org.kerbside.gateway.desk.Bench.HALF;
import static org.kerbside.gateway.desk.Bench.SHUT;
import static org.kerbside.gateway.desk.Bench.outcome;
import static org.kerbside.gateway.desk.Bench.told;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

/** What no issuer may do, whoever it is. */
class InterlocksTest {

  private static final String ZONE = "zone-1/valve";
  private static final String OTHER = "zone-2/valve";
  private static final String MASTER = "master-1/valve";
  private static final String THERMOMETER = "master-1/temperature";
  private static final String WIND = "master-1/wind";

  private final Bench bench = new Bench();

  /** Tried at every tenth of a degree, up and down: the lock has two edges. */
  @Test
  void aValveIsShutInFrostAndFreeAgainOnlyOneDegreeAbove() {
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    for (int tenth = 50; tenth >= -50; tenth--) {
      bench.shows(THERMOMETER, tenth / 10.0);
      bench.passes(Duration.ofMinutes(1));
      assertThat(isOpen(ZONE)).as("falling, %s tenths", tenth).isEqualTo(tenth > 20);
    }
    for (int tenth = -50; tenth <= 50; tenth++) {
      bench.shows(THERMOMETER, tenth / 10.0);
      bench.passes(Duration.ofSeconds(10));
      assertThat(isOpen(ZONE)).as("rising, %s tenths", tenth).isEqualTo(tenth > 30);
    }
  }

  @Test
  void anOrderThatFrostHoldsBackIsToldOnceAndOnceThatItGoesOn() {
    bench.shows(THERMOMETER, 1.4);
    assertThat(told(bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip")))
        .containsExactly(
            "interlock zone-1/valve frost-lock,"
                + " master-1/temperature 1.4 Cel, off at 2.0, drip wants 1.0");
    assertThat(told(bench.shows(THERMOMETER, 1.2))).isEmpty();
    assertThat(told(bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip"))).isEmpty();

    assertThat(told(bench.shows(THERMOMETER, 4)))
        .containsExactly("interlock-over zone-1/valve frost-lock");
    assertThat(isOpen(ZONE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Issuer.class,
      names = {"CITY", "CREW"})
  void aCommandAgainstFrostIsRejectedByItsName(Issuer issuer) {
    bench.shows(THERMOMETER, 2);
    var ruling = bench.asked(bench.command("1", ZONE, FULL, issuer, null));

    assertThat(outcome(ruling)).isEqualTo(new Outcome.Rejected("interlock:frost-lock"));
    assertThat(ruling.moves()).isEmpty();
    assertThat(bench.ask(bench.command("2", ZONE, SHUT, issuer, null)).accepted())
        .as("to shut it is always allowed")
        .hasSize(1);
  }

  @Test
  void frostThatComesOnShutsWhatACommandOpenedAtOnce() {
    bench.set("1", ZONE, FULL);
    var ruling = bench.shows(THERMOMETER, 1);

    assertThat(ruling.moves()).containsExactly(bench.move(ZONE, SHUT));
    assertThat(outcome(ruling)).isEqualTo(new Outcome.Failed("interlock:frost-lock"));
    assertThat(bench.owner(ZONE))
        .extracting("issuer", "by")
        .containsExactly(Issuer.SAFETY, "frost-lock");
    assertThat(bench.passes(Duration.ofSeconds(2)).moves())
        .containsExactly(bench.move(MASTER, SHUT));
  }

  @Test
  void anUnknownTemperatureNeitherLocksNorFrees() {
    bench.falls(THERMOMETER);
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    assertThat(isOpen(ZONE)).isTrue();

    bench.shows(THERMOMETER, 1);
    bench.falls(THERMOMETER);
    bench.passes(Duration.ofDays(3));
    assertThat(isOpen(ZONE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"sprinkler, false", "drip, true", "bubbler, true"})
  void onlySprinklersAreShutInWind(String method, boolean open) {
    var garden = new Bench(Map.of("method", new Value.State(method)));
    garden.shows(WIND, 5);
    garden.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    assertThat(garden.owner(ZONE)).extracting("value").isEqualTo(FULL);

    garden.shows(WIND, 5.1);
    assertThat(garden.owner(ZONE)).extracting("value").isEqualTo(open ? FULL : SHUT);
  }

  @Test
  void aGustLocksForTenMinutesAndALostAnemometerForLonger() {
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    bench.shows(WIND, 9);
    bench.shows(WIND, 3);
    bench.passes(Duration.ofSeconds(599));
    assertThat(isOpen(ZONE)).isFalse();
    bench.passes(Duration.ofSeconds(1));
    assertThat(isOpen(ZONE)).isTrue();

    bench.shows(WIND, 9);
    bench.falls(WIND);
    bench.passes(Duration.ofMinutes(30));
    assertThat(isOpen(ZONE)).isFalse();
  }

  @Test
  void dustIsNotSprayedInFrostOrWind() {
    bench.order("dust-1/spray", Value.Flag.TRUE, Issuer.RULES, "dust-spray");
    assertThat(bench.owner("dust-1/spray")).extracting("value").isEqualTo(Value.Flag.TRUE);
    assertThat(bench.shows("dust-1/wind", 6).moves())
        .containsExactly(bench.move("dust-1/spray", Value.Flag.FALSE));
    bench.shows("dust-1/wind", 1);
    assertThat(bench.passes(Duration.ofMinutes(11)).moves())
        .containsExactly(bench.move("dust-1/spray", Value.Flag.TRUE));
    assertThat(bench.shows(THERMOMETER, 0).moves())
        .contains(bench.move("dust-1/spray", Value.Flag.FALSE));
  }

  @Test
  void aZoneIsShutAfterItsLongestRunAndRestsHoweverOftenItIsOrdered() {
    bench.set("0", ZONE, FULL);
    for (int minute = 1; minute < 40; minute++) {
      bench.passes(Duration.ofMinutes(1));
      bench.set("renewed " + minute, ZONE, FULL);
      assertThat(isOpen(ZONE)).isTrue();
    }
    var over = bench.passes(Duration.ofMinutes(1));
    assertThat(over.moves()).contains(bench.move(ZONE, SHUT));
    assertThat(told(over))
        .contains(
            "interlock zone-1/valve max-run, on for 40 min, rests for 10 min, city wants 1.0");
    assertThat(outcome(bench.set("again", ZONE, FULL)))
        .isEqualTo(new Outcome.Rejected("interlock:max-run"));

    assertThat(bench.passes(Duration.ofMinutes(10)).moves()).contains(bench.move(ZONE, FULL));
  }

  @Test
  void aZonesOwnLongestRunCounts() {
    var garden = new Bench(Map.of("max-run", new Value.Num(300)));
    garden.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    garden.passes(Duration.ofSeconds(299));
    assertThat(garden.owner(ZONE)).extracting("value").isEqualTo(FULL);
    garden.passes(Duration.ofSeconds(1));
    assertThat(garden.owner(ZONE)).extracting("value").isEqualTo(SHUT);
  }

  /** Both want to be open, each for any issuer: the higher has it, else who came first. */
  @ParameterizedTest
  @EnumSource(Issuer.class)
  void oneZoneOfAMasterIsOpenAtATime(Issuer first) {
    for (var second : EnumSet.allOf(Issuer.class)) {
      var garden = new Bench();
      garden.order(OTHER, FULL, first, "first");
      garden.passes(Duration.ofSeconds(5));
      garden.order(ZONE, FULL, second, "second");
      garden.passes(Duration.ofSeconds(5));

      boolean goesOver = second.outranks(first);
      assertThat(garden.owner(OTHER)).extracting("value").isEqualTo(goesOver ? SHUT : FULL);
      assertThat(garden.owner(ZONE)).extracting("value").isEqualTo(goesOver ? FULL : SHUT);
      garden.order(goesOver ? ZONE : OTHER, null, goesOver ? second : first, "");
      garden.passes(Duration.ofSeconds(5));
      assertThat(garden.owner(goesOver ? OTHER : ZONE)).extracting("value").isEqualTo(FULL);
    }
  }

  @Test
  void aZoneWaitsForItsMaster() {
    bench.order(MASTER, SHUT, Issuer.SAFETY, "water-burst");
    assertThat(told(bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip")))
        .containsExactly(
            "interlock zone-1/valve master-shut,"
                + " master-1/valve is held shut by water-burst, drip wants 1.0");
    assertThat(outcome(bench.set("1", ZONE, FULL)))
        .isEqualTo(new Outcome.Rejected("interlock:master-shut"));

    assertThat(bench.order(MASTER, null, Issuer.SAFETY, "water-burst").moves())
        .containsExactly(bench.move(MASTER, FULL), bench.move(ZONE, FULL));
  }

  @Test
  void aMasterThatWouldNotOpenKeepsItsZonesShut() {
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    bench.desk.undone(bench.memory, bench.point(MASTER), "no answer", bench.now);
    assertThat(bench.tick().moves()).containsExactly(bench.move(ZONE, SHUT));

    assertThat(bench.passes(Desk.RETRY).moves())
        .containsExactly(bench.move(MASTER, FULL), bench.move(ZONE, FULL));
  }

  @Test
  void nothingOpensBeforeTheThermometerWasHeardOrHalfAMinuteHasPassed() {
    var early = new Bench();
    early.memory = early.desk.start(List.of(), early.now, Desk.ruling());
    early.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    assertThat(early.owner(ZONE)).extracting("by").isEqualTo("starting");
    assertThat(early.passes(Duration.ofSeconds(29)).moves()).isEmpty();
    assertThat(early.passes(Duration.ofSeconds(1)).moves()).contains(early.move(ZONE, FULL));

    var heard = new Bench();
    heard.memory = heard.desk.start(List.of(), heard.now, Desk.ruling());
    heard.shows(THERMOMETER, 12);
    assertThat(heard.order(ZONE, FULL, Issuer.PROGRAMME, "drip").moves())
        .contains(heard.move(ZONE, FULL));
  }

  @Test
  void aLampIsDarkForALeaseOfTheNightAndNoLonger() {
    bench.order("lamp-5/dim", FULL, Issuer.PROGRAMME, "evening");
    bench.asked(dark("1", Issuer.CITY));
    bench.passes(Duration.ofMinutes(40));
    bench.set("2", "lamp-5/dim", HALF); // The programme's least light is no darkness.
    bench.passes(Duration.ofHours(2));
    bench.asked(dark("3", Issuer.CITY));
    bench.passes(Duration.ofMinutes(19));
    assertThat(bench.owner("lamp-5/dim")).extracting("value").isEqualTo(SHUT);

    assertThat(bench.passes(Duration.ofMinutes(1)).moves())
        .containsExactly(bench.move("lamp-5/dim", FULL));
    assertThat(bench.owner("lamp-5/dim")).extracting("by").isEqualTo("night-floor");
    assertThat(outcome(bench.asked(dark("4", Issuer.CITY))))
        .isEqualTo(new Outcome.Rejected("interlock:night-floor"));
    assertThat(bench.ask(dark("5", Issuer.CREW)).accepted()).as("a crew at the pole").hasSize(1);
  }

  @Test
  void byDayALampMayBeDark() {
    bench.order("lamp-5/dim", SHUT, Issuer.PROGRAMME, "evening");
    bench.asked(dark("1", Issuer.CITY));
    bench.passes(Duration.ofHours(5));
    assertThat(bench.owner("lamp-5/dim")).extracting("issuer").isEqualTo(Issuer.CITY);
    bench.order("lamp-5/dim", FULL, Issuer.PROGRAMME, "evening");
    bench.passes(Duration.ofMinutes(59));
    assertThat(bench.owner("lamp-5/dim")).extracting("issuer").isEqualTo(Issuer.CITY);
    bench.passes(Duration.ofMinutes(1));
    assertThat(bench.owner("lamp-5/dim")).extracting("by").isEqualTo("night-floor");
  }

  private Command dark(String id, Issuer issuer) {
    return bench.command(id, "lamp-5/dim", SHUT, issuer, Duration.ofHours(10));
  }

  private boolean isOpen(String valve) {
    var owner = bench.owner(valve);
    return owner != null && owner.value().equals(FULL);
  }
}

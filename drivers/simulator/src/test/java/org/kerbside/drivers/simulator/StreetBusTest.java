package org.kerbside.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.drivers.simulator.Quarter.lighting;
import static org.kerbside.drivers.simulator.Quarter.text;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Yaml;

class StreetBusTest {

  private final Mistakes mistakes = new Mistakes();

  @Test
  void readsSeedStepAndFaults() {
    var bus =
        read(
            """
            driver: simulator
            seed: 7
            every: 500ms
            faults:
              - { fault: lamp-failure, asset: lamp-5, at: 20:00, for: 2h }
              - { fault: silent, asset: lamp-4, at: 5min, for: 90s }
            """);
    assertThat(mistakes.all()).isEmpty();
    assertThat(bus.seed()).isEqualTo(7);
    assertThat(bus.every()).isEqualTo(Duration.ofMillis(500));
    assertThat(bus.faults())
        .extracting(PlannedFault::fault)
        .containsExactly(Fault.LAMP_FAILURE, Fault.SILENT);
    assertThat(bus.faults())
        .extracting(PlannedFault::begin)
        .containsExactly(
            new PlannedFault.Begin.Daily(LocalTime.of(20, 0)),
            new PlannedFault.Begin.After(Duration.ofMinutes(5)));
    assertThat(bus.faults())
        .extracting(PlannedFault::lasts)
        .containsExactly(Duration.ofHours(2), Duration.ofSeconds(90));
  }

  @Test
  void needsNothingButItsDriver() {
    var bus = read("driver: simulator");
    assertThat(mistakes.all()).isEmpty();
    assertThat(bus.every()).isEqualTo(Duration.ofSeconds(1));
    assertThat(bus.faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed: seven                                                             | E104 | whole number
          seeds: 7                                                                | E003 | not a setting
          every: 0s                                                               | E103 | out of range
          every: 1h                                                               | E103 | out of range
          faults: 3                                                               | E004 | wrong shape
          faults: [ { fault: lamp-failur, asset: a, at: 20:00, for: 2h } ]        | E104 | no fault
          faults: [ { fault: silent, at: 20:00, for: 2h } ]                       | E001 | 'asset' is missing
          faults: [ { fault: silent, asset: a, at: 20:00 } ]                      | E001 | 'for' is missing
          faults: [ { fault: silent, asset: a, at: 25:00, for: 2h } ]             | E104 | time of day
          faults: [ { fault: silent, asset: a, at: 5, for: 2h } ]                 | E101 | has no unit
          faults: [ { fault: silent, asset: a, at: -5min, for: 2h } ]             | E103 | before the start
          faults: [ { fault: silent, asset: a, at: 5min, for: 0s } ]              | E103 | no time at all
          faults: [ { fault: silent, asset: a, at: 5min, for: 1h, lasts: 2h } ]   | E003 | not a setting
          """)
  void refusesWhatItCannotPlay(String yaml, String code, String problem) {
    read("driver: simulator\n" + yaml);
    assertThat(mistakes.all())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(code))
        .satisfies(mistake -> assertThat(mistake.problem()).contains(problem));
  }

  @Test
  void tellsOfAFaultThatNoAssetOfTheBusCanHave() {
    var bus =
        read(
            """
            driver: simulator
            faults:
              - { fault: lamp-failure, asset: lamp-5, at: 20:00, for: 2h }
              - { fault: lamp-failure, asset: lamp-55, at: 20:00, for: 2h }
              - { fault: burst-pipe, asset: lamp-5, at: 20:00, for: 2h }
            """);
    bus.check(lighting(), mistakes);
    assertThat(mistakes.all()).extracting(m -> m.mark().line()).containsExactly(4, 5);
    assertThat(mistakes.all().getFirst().help()).isEqualTo("did you mean 'lamp-5'?");
  }

  private StreetBus read(String yaml) {
    var section = Objects.requireNonNull(Yaml.read("site.yaml", yaml, mistakes));
    return StreetBus.read(new BusConfig(text("sim"), text("simulator"), section), mistakes);
  }
}

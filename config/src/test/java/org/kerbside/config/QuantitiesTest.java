package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.Unit;

class QuantitiesTest {

  private final Mistakes mistakes = new Mistakes();

  @ParameterizedTest
  @CsvSource({
    "120cm, m, 1.2",
    "-40 Cel, Cel, -40",
    "300K, Cel, 26.85",
    "12.5L/min, m3/s, 0.000208333",
    "2h, s, 7200",
    "80%, /, 0.8",
    "0.5, /, 0.5",
    "1.5kW, W, 1500",
    "+.5m, m, 0.5",
    "5e1mm, m, 0.05",
    "10mg/m3, ug/m3, 10000",
  })
  void readsWhatPeopleWriteInTheKeptUnit(String written, String unit, double kept) {
    var number = Quantities.read(Sites.word(written), unit(unit), mistakes);
    assertThat(number).isNotNull().isCloseTo(kept, within(1e-9));
    assertThat(mistakes.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "120, m, E101",
    "120W, m, E102",
    "120furlongs, m, E102",
    "deep, m, E104",
    "'', m, E104",
    "1e999m, m, E104",
    "NaNm, m, E104",
    "1.2.3m, m, E102",
    "12cm3, m, E102",
  })
  void refusesTheRestByItsCode(String written, String unit, String code) {
    assertThat(Quantities.read(Sites.word(written), unit(unit), mistakes)).isNull();
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "0x10", "1f", "12d", "", "1m"})
  void takesNoNumberThatOnlyAProgrammerWouldWrite(String written) {
    assertThat(Quantities.number(Sites.word(written), mistakes)).isNull();
    assertThat(mistakes.hasErrors()).isTrue();
  }

  @Test
  void readsBareNumbers() {
    assertThat(Quantities.number(Sites.word("-1.5e3"), mistakes)).isEqualTo(-1500);
  }

  private static Unit unit(String symbol) {
    return Objects.requireNonNull(Unit.of(symbol));
  }
}

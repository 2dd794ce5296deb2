package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;

class PinProfileTest {

  /** With their own tests; a profile that has none is told. */
  @Test
  void eachThatShipsIsRightByItsOwnTest() {
    var lines =
        Profiles.shipped().of("board").stream()
            .filter(profile -> !profile.own().has("chip"))
            .toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(10);
    for (var profile : lines) {
      var mistakes = new Mistakes();
      assertThat(PinProfile.read(profile, mistakes)).as(profile.name().text()).isNotNull();
      assertThat(mistakes.all()).as(profile.name().text()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input: { pull: up, on: low } | W210 this profile has no test",
        "test: { } | E001 a line's profile is one of input, pulses, switch, dimmer: got 0",
        "input: { pul: up } | E003 'pul' is not a setting of 'input'",
        "input: { on: 3 } | E104 '3' is not a value of 'on'",
        "input: { debounce: 6s } | E103 'debounce' is out of range",
        "switch: { on: high } | E001 'safe' is missing",
        "dimmer: { safe: 120% } | E103 'safe' is out of range",
        "dimmer: { safe: 100%, curve: { 10%: 10%, 100%: 100% } } | E104 the curve does not go from 0% to 100%",
        "dimmer: { safe: 100%, frequency: 0.1Hz } | E103 'frequency' is out of range"
      })
  void tellsWhatIsWrongWithAProfile(String yaml, String told) {
    var mistakes = new Mistakes();
    PinProfile.read(Written.profile("profile: p\ndriver: board\n" + yaml, mistakes), mistakes);
    assertThat(mistakes.all())
        .extracting(each -> each.code() + " " + each.problem())
        .containsExactly(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reed | expect: off | expect: on | it comes out as off",
        "pulses | expect: 3 | expect: 4 | it comes out as 3",
        "relay | expect: high | expect: low | it comes out as high",
        "dimmer | expect: 25% | expect: 26% | it comes out as 25%",
        "pir | expect: warming up | expect: moving | it comes out as warming up",
        "reed | low 1s | lo 1s | it comes out as nothing: 'lo 1s' is no step, as low 100ms"
      })
  void tellsWhatComesOutOtherwise(String name, String right, String wrong, String told) {
    var mistakes = new Mistakes();
    var yaml = Written.shipped(name).replaceFirst(right, wrong);
    assertThat(PinProfile.read(Written.profile(yaml, mistakes), mistakes)).isNull();
    assertThat(mistakes.all())
        .extracting(each -> each.code() + " " + each.problem())
        .containsExactly("E210 " + told);
  }
}

package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which threshold counts: the asset's, its class's, its kind's, the pack's. */
class ClassesTest {

  private static final String RULE =
      """
      rules:
        - rule: r
          for: bin
          parameters: { full: 80% }
          by: { area: { strict: { full: 70%, hold: 5min } } }
          when: fill > full
          severity: alarm
      """;

  @Test
  void aClassHasItsOwnThresholdAndHold() {
    assertThat(limits(bins())).containsExactly("bin-1 0.8 PT0S", "bin-2 0.7 PT5M");
  }

  @Test
  void whatTheCitySaysOfTheKindLeavesTheClassAlone() {
    assertThat(limits(bins().defaults("bin", "{ r: { full: 75% } }")))
        .containsExactly("bin-1 0.75 PT0S", "bin-2 0.7 PT5M");
  }

  @Test
  void whatTheCitySaysOfTheClassCounts() {
    var city = "{ r: { full: 75%, by: { area: { strict: { full: 60% } } } } }";
    assertThat(limits(bins().defaults("bin", city)))
        .containsExactly("bin-1 0.75 PT0S", "bin-2 0.6 PT5M");
  }

  @Test
  void theAssetHasTheLastWord() {
    assertThat(limits(bins().overrides("bin-2", "{ r: { full: 50%, hold: 1min } }")))
        .containsExactly("bin-1 0.8 PT0S", "bin-2 0.5 PT1M");
    assertThat(limits(bins().overrides("bin-2", "{ r: off }"))).containsExactly("bin-1 0.8 PT0S");
  }

  /** Air has no class of its own; its toilet has. */
  @Test
  void theClassMayBeTheParents() {
    var street =
        new Street()
            .with("toilet", "wc-1", null, "class", "1")
            .with("toilet", "wc-2", null, "class", "3")
            .with("air", "air-1", "wc-1")
            .with("air", "air-2", "wc-2")
            .rules(
                """
                rules:
                  - rule: r
                    for: air
                    parameters: { full: 1mg/m3 }
                    by: { class: { 1: { full: 0.3mg/m3 }, 3: { full: 3mg/m3 } } }
                    when: nh3 > full
                    severity: alarm
                """);
    assertThat(limits(street)).containsExactly("air-1 300.0 PT0S", "air-2 3000.0 PT0S");
  }

  private static Street bins() {
    return new Street()
        .with("bin", "bin-1", null, "area", "normal")
        .with("bin", "bin-2", null, "area", "strict")
        .rules(RULE);
  }

  /** What each asset's rule r is held against, and for how long. */
  private static List<String> limits(Street street) {
    var bound = Binding.of(street.site(), new Span.Table(), street.mistakes);
    assertThat(street.mistakes.hasErrors()).as("%s", street.mistakes.all()).isFalse();
    return bound.watches().stream()
        .filter(watch -> watch.rule().name().text().equals("r"))
        .map(watch -> "%s %s %s".formatted(watch.asset().id(), limit(watch), watch.hold().needed()))
        .toList();
  }

  private static double limit(Watch watch) {
    var limit = watch.when().inputs().getFirst().limit();
    return limit == null ? Double.NaN : limit.number();
  }
}

package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakesTest {

  @Test
  void aMisspeltPointIsShownInsideItsExpressionUnderChineseToo() {
    assertThat(all("rules:\n  - { rule: 满, for: bin, when: fil >= 95%, severity: alarm }"))
        .isEqualTo(
            """
            site.yaml:2:32: error E404: 'fil' is no point or parameter of bin-2
                2 |   - { rule: 满, for: bin, when: fil >= 95%, severity: alarm }
                  |                                 ^^^
                  = help: did you mean 'fill'?
            """);
  }

  @Test
  void aUnitOfAnotherQuantityIsShownAtItsColumn() {
    assertThat(all(rule("open || fill > 5W")))
        .isEqualTo(
            """
            site.yaml:2:48: error E403: '5W' is of another quantity: got W, expected /
                2 |   - { rule: r, for: bin, when: "open || fill > 5W", severity: alarm }
                  |                                                ^^
                  = help: write it in %, /
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "fill > 5W # 2:41 E403 '5W' is of another quantity: got W, expected /",
        "fill > 5Q # 2:42 E403 'Q' is no unit",
        "temperature + 5% > 3Cel # 2:48 E403 '5%' is of another quantity: got %, expected Cel",
        "fill > # 2:39 E403 not a condition: it ends too early",
        "fill >> 3 # 2:40 E403 not a condition: extraneous input '>'",
        "fill # 2:34 E403 a condition is true or false, this is a number",
        "fill > 'x' # 2:39 E403 '>' does not fit a number and a word",
        "open && fill # 2:39 E403 '&&' does not fit a flag and a number",
        "meen(fill, '10min') > 3 # 2:34 E403 no function is called 'meen'",
        "parent.fill > 3 # 2:34 E404 'parent.fill' is no point or parameter of bin-2",
        "ordered.fill > 3 # 2:34 E404 'ordered.fill' is no point or parameter of bin-2",
        "weather.rain > 5mm # 2:34 E404 'weather.rain' is no point or parameter of bin-2",
        "has(fil) || open # 2:38 E404 'fil' is no point or parameter of bin-2",
      })
  void aWrongConditionIsToldAtItsPlace(String when, String told) {
    assertThat(
            all(
                "rules:\n  - { rule: r, for: bin, when:  %s, severity: alarm }"
                    .formatted(quoted(when))))
        .contains("error")
        .satisfies(all -> assertThat(brief(first(all))).isEqualTo(told.strip()));
  }

  @Test
  void aMisspeltPointOfAChildIsToldByItsKind() {
    var street =
        new Street()
            .with("master", "master", null)
            .with("zone", "zone-1", "master")
            .rules(
                """
                rules:
                  - { rule: r, for: master, when: "children.zone.all(z, z.valv < 1%)", severity: alarm }
                  - { rule: s, for: master, when: "children.zon.size() > 1", severity: alarm }
                """);
    assertThat(street.told())
        .containsExactly(
            "site.yaml:2:59: error E404: 'valv' is no point of kind 'zone'",
            "site.yaml:3:36: error E404: 'children.zon' is no point or parameter of master");
  }

  @Test
  void overridesAreJudgedAgainstTheirRule() {
    var street =
        bins()
            .defaults("bin", "{ bin-overflow: { ful: 85% }, bin-overfull: off }")
            .overrides("bin-2", "{ bin-overflow: { full: 85W, hold: 5m } }");
    assertThat(street.told())
        .containsExactly(
            "site.yaml:1:19: error E402: 'ful' is no parameter of rule 'bin-overflow'",
            "site.yaml:1:25: error E402: '85W' does not fit parameter 'full': got 85W, expected a"
                + " number as 95%",
            "site.yaml:1:31: error E401: kind 'bin' has no rule 'bin-overfull'",
            "site.yaml:1:36: error E102: '5m' has a unit of another quantity");
  }

  @Test
  void twoRulesOfOnePriorityMayNotOrderOneOutput() {
    var street =
        new Street()
            .with("master", "master", null)
            .rules(
                """
                rules:
                  - rule: low
                    for: master
                    when: pressure < 1bar
                    severity: alarm
                    do: [ { set: valve, value: 0%, until: cleared } ]
                  - rule: windy
                    for: master
                    when: wind > 5m/s
                    severity: warning
                    do: [ { set: valve, value: 0%, until: cleared }, { set: flow, value: 0, until: cleared } ]
                """);
    assertThat(street.told())
        .containsExactly(
            "site.yaml:11:18: error E405: rules 'low' and 'windy' both order master/valve with one"
                + " priority",
            "site.yaml:11:61: error E404: 'flow' is observed only, nobody moves it");
  }

  @Test
  void allMistakesAreToldInOneRun() {
    var street =
        bins()
            .rules(
                """
                rules:
                  - { rule: a, for: bim, when: fill > 1, severity: alarm }
                  - { rule: b, asset: bin-3, when: fill > 1, severity: alarm }
                  - { rule: c, for: bin, when: fill > 1, severity: dire }
                  - { rule: d, for: bin, whem: fill > 1, severity: alarm }
                  - { rule: bin-overflow, for: bin, when: fill > 1, severity: alarm }
                  - { rule: f, for: bin, parameters: { fill: 3% }, when: fill > 1, severity: alarm }
                  - { rule: g, for: bin, when: fill > 1, severity: alarm, text: { en: "{asset} {fil}" } }
                  - { rule: h, for: bin, when: fill > 1, severity: alarm, source: city }
                """);
    assertThat(street.told())
        .containsExactly(
            "site.yaml:2:21: warning W402: the site has no asset of kind 'bim'",
            "site.yaml:3:23: error E404: no asset is called 'bin-3'",
            "site.yaml:4:52: error E104: 'dire' is not a value of 'severity'",
            "site.yaml:5:26: error E003: 'whem' is not a setting of a rule",
            "site.yaml:6:13: error E401: there is a rule 'bin-overflow' already",
            "site.yaml:7:46: error E402: parameter 'fill' is called as a point of bin-2",
            "site.yaml:8:81: error E404: 'fil' is no point or parameter of kind 'bin'",
            "site.yaml:9:59: error E403: a threshold from 'city' has no ref");
  }

  /** One file for the whole city: a pole without a bin includes it as well. */
  @Test
  void defaultsOfAKindThatTheSiteHasNotAreNoMistake() {
    var street = bins().defaults("lamp", "{ lamp-out: { hold: 20min } }");
    assertThat(street.told()).isEmpty();
  }

  @Test
  void aRuleOfSafetyStaysOnAndAnotherIsOffWithAWarning() {
    var street =
        bins()
            .with("master", "master", null)
            .defaults("bin", "{ bin-overflow: off }")
            .overrides("master", "{ water-burst: off }");
    assertThat(street.told())
        .containsExactly(
            "site.yaml:1:16: error E406: rule 'water-burst' keeps people and water safe and stays"
                + " on",
            "site.yaml:1:17: warning W401: rule 'bin-overflow' is off");
  }

  private static Street bins() {
    return new Street().with("bin", "bin-2", null);
  }

  private static String rule(String when) {
    return "rules:\n  - { rule: r, for: bin, when: \"%s\", severity: alarm }".formatted(when);
  }

  private static String quoted(String when) {
    return "\"" + when + "\"";
  }

  private static String all(String rules) {
    var street = bins().rules(rules);
    street.book();
    var said = new StringBuilder();
    street.mistakes.all().forEach(mistake -> said.append(mistake).append('\n'));
    return said.toString();
  }

  private static String first(String all) {
    return all.lines().findFirst().orElse("");
  }

  private static String brief(String line) {
    return line.replace("site.yaml:", "").replace(": error ", " ").replaceFirst("(E\\d+): ", "$1 ");
  }
}

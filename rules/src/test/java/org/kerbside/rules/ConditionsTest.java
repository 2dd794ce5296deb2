package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Value;

class ConditionsTest {

  private static final Street STREET =
      new Street()
          .generic("a", "p0", "p1")
          .with("toilet", "wc", null)
          .with("stall", "stall", "wc")
          .with("master", "master", null)
          .with("zone", "zone-1", "master")
          .with("zone", "zone-2", "master")
          .with("bin", "bin", null)
          .with("lamp", "lamp", null);

  private static final Ground GROUND = new Ground(STREET.site().assets(), List.of(), Street.SITE);

  private static final Mistakes MISTAKES = new Mistakes();
  private static final Conditions CONDITIONS = new Conditions(new Span.Table(), MISTAKES);

  private final Memory memory = new Memory(200, 0, List.of(), Street.SITE);

  /** Tried in full: both operands, all three truths, with false and unknown in either place. */
  @Test
  void andOrNotFollowTheThreeTruths() {
    for (var left : Truth.values()) {
      for (var right : Truth.values()) {
        flag("stall/occupied", left);
        flag("stall/shut", right);
        assertThat(test("stall", "occupied && shut")).isEqualTo(min(left, right));
        assertThat(test("stall", "occupied || shut")).isEqualTo(min(left.not(), right.not()).not());
        assertThat(test("stall", "!(occupied && shut)")).isEqualTo(min(left, right).not());
      }
      assertThat(test("stall", "occupied")).isEqualTo(left);
      assertThat(test("stall", "!occupied")).isEqualTo(left.not());
    }
  }

  /** Tried in full: two members, all three truths each. */
  @Test
  void allAndExistsFollowTheThreeTruths() {
    for (var first : Truth.values()) {
      for (var second : Truth.values()) {
        number("zone-1/valve", value(first));
        number("zone-2/valve", value(second));
        assertThat(test("master", "children.zone.all(z, z.valve > 50%)"))
            .as("%s %s", first, second)
            .isEqualTo(min(first, second));
        assertThat(test("master", "children.zone.exists(z, z.valve > 50%)"))
            .as("%s %s", first, second)
            .isEqualTo(min(first.not(), second.not()).not());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "p0 > 80, TRUE",
        "p0 > 80.0, TRUE",
        "p0 == 81, TRUE",
        "p0 + 1 == 82, TRUE",
        "p0 - p1 * 2 > 80.5, FALSE",
        "p0 > 8e1, TRUE",
        "p0 > -5, TRUE",
        "p0 > 80 && p1 > 2, FALSE",
        "80 < p0, TRUE",
        "p0 > 80 ? p1 > 0 : p1 > 5, TRUE",
      })
  void wholeAndBrokenNumbersJustWork(String condition, Truth truth) {
    number("a/p0", 81.0);
    number("a/p1", 1.0);
    assertThat(test("a", condition)).isEqualTo(truth);
  }

  @ParameterizedTest
  @CsvSource({
    "bin, fill >= 95%, TRUE",
    "bin, fill >= 95.1%, FALSE",
    "bin, distance < 31cm, TRUE",
    "bin, distance < 300mm, FALSE",
    "bin, temperature > 60Cel, FALSE",
    "bin, temperature > 290K, TRUE",
    "master, flow > 12.5L/min, FALSE",
    "master, flow > 1.2m3/h && pressure > 2bar, FALSE",
    "master, flow > 0.5m3/h && pressure > 2bar, TRUE",
  })
  void literalsWithUnitsAreInKeptUnits(String asset, String condition, Truth truth) {
    number("bin/fill", .95);
    number("bin/distance", .305);
    number("bin/temperature", 20.0);
    number("master/flow", 12.0 / 60_000);
    number("master/pressure", 250_000.0);
    assertThat(test(asset, condition)).isEqualTo(truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "stall; parent.sign; TRUE",
        "zone-1; parent.valve > 50% && valve < 50%; TRUE",
        "zone-1; parent.ordered.valve > 50%; UNKNOWN",
        "zone-1; has(parent.valve) && !has(flow); TRUE",
        "lamp; ordered.dim > 0 && !has(ordered.on); TRUE",
        "lamp; ordered.on; UNKNOWN",
        "master; children.zone.filter(z, z.ordered.valve > 0).size() == 1; TRUE",
        "master; children.zone.all(z, has(z.valve)); FALSE",
        "master; children.zone.size() > 1; TRUE",
        "stall; presence == 'moving'; TRUE",
        "stall; presence in ['still','both']; FALSE",
      })
  void seesParentChildrenOrdersAndWhatIsKnown(String asset, String condition, Truth truth) {
    flag("wc/sign", Truth.TRUE);
    number("master/valve", 1.0);
    number("zone-1/valve", 0.0);
    memory.order(STREET.point("lamp/dim"), new Value.Num(.5));
    memory.order(STREET.point("zone-1/valve"), new Value.Num(0));
    memory.order(STREET.point("zone-2/valve"), new Value.Num(1));
    memory.observe(STREET.point("stall/presence"), new Value.State("moving"));
    assertThat(test(asset, condition)).isEqualTo(truth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p0 > 80.0", "p0 <= limit", "p0 == 3", "p0 != 3", "p0 < 2", "p0 >= 50%"})
  void aPlainComparisonNeedsNoCel(String condition) {
    var fresh = new Conditions(new Span.Table(), MISTAKES);
    var plain = read("a", condition, fresh::read);
    assertThat(fresh.isCelMade()).isFalse();
    assertThat(plain).isInstanceOf(Condition.Weighed.class);
    assertThat(read("a", "(" + condition + ")", fresh::read)).isEqualTo(plain);
    assertThat(fresh.isCelMade()).isTrue();
  }

  /** Random comparisons on random values: what the short way says, CEL says. */
  @Test
  void thePlainWayAndCelAgree() {
    long seed = 20_261_125;
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String sign = List.of("<", "<=", ">", ">=", "==", "!=").get(random.nextInt(6));
      String limit = List.of("80", "80.0", "0.5", "50%", "limit", "1e2").get(random.nextInt(6));
      String condition = "p0 %s %s".formatted(sign, limit);
      var plain = read("a", condition);
      var asked = ask("a", "(" + condition + ")");
      for (double number : new double[] {0, 0.5, 7, 80, 100, random.nextGaussian() * 100}) {
        number("a/p0", number);
        assertThat(plain.test(memory))
            .as("seed %s: %s of %s", seed, condition, number)
            .isEqualTo(asked.test(memory));
      }
      number("a/p0", null);
      assertThat(plain.test(memory)).isEqualTo(asked.test(memory)).isEqualTo(Truth.UNKNOWN);
      assertThat(plain.inputs()).isEqualTo(asked.inputs());
    }
  }

  private Condition read(String asset, String condition) {
    return read(asset, condition, CONDITIONS::read);
  }

  private Condition ask(String asset, String condition) {
    return read(asset, condition, CONDITIONS::ask);
  }

  private Condition read(
      String asset, String condition, BiFunction<Text, Scope, @Nullable Condition> way) {
    var limit = text("7");
    var owner = GROUND.asset(asset);
    if (owner == null) {
      throw new IllegalArgumentException(asset);
    }
    Map<String, Rule.Parameter> parameters = Map.of("limit", new Rule.Parameter(limit, 7, null));
    var scope = new Scope(owner, GROUND, parameters, Rule.Origin.SITE);
    var read = way.apply(text(condition), scope);
    if (read == null || MISTAKES.hasErrors()) {
      throw new IllegalArgumentException(MISTAKES.all().toString());
    }
    return read;
  }

  private Truth test(String asset, String condition) {
    return read(asset, condition).test(memory);
  }

  private static Text text(String text) {
    return new Text(text, Mark.of("test", text), Text.Style.PLAIN);
  }

  private void number(String point, @Nullable Double number) {
    memory.observe(STREET.point(point), number == null ? null : new Value.Num(number));
  }

  private void flag(String point, Truth truth) {
    memory.observe(
        STREET.point(point), truth == Truth.UNKNOWN ? null : Value.Flag.of(truth == Truth.TRUE));
  }

  private static @Nullable Double value(Truth truth) {
    return switch (truth) {
      case FALSE -> 0.0;
      case UNKNOWN -> null;
      case TRUE -> 1.0;
    };
  }

  private static Truth min(Truth one, Truth other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

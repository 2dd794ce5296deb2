package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** What a site may say of the board, and what is told of the rest. */
class BoardBusTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ pins: pinctrl-rp1 } | the pins of 'pinctrl-rp1'",
        "{ pwm: 1f00098000.pwm } | the channels of '1f00098000.pwm'",
        "{ i2c: 1, every: 5s, retry: 0 } | /dev/i2c-1",
        "{ serial: /dev/ttyAMA2, line: 9600 8N1 } | /dev/ttyAMA2"
      })
  void isOneThingOfTheBoard(String yaml, String place) {
    assertThat(Written.bus(yaml).place()).hasToString(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ every: 5s } | E001 this bus does not say which thing of the board it is",
        "{ pins: pinctrl-rp1, i2c: 1 } | E104 'i2c' is a bus of its own beside 'pins'",
        "{ pins: gpiochip4 } | E104 'gpiochip4' is a number, which moves from kernel to kernel",
        "{ pins: 0 } | E104 '0' is a number, which moves from kernel to kernel",
        "{ pins: /dev/gpiochip0 } | E104 '/dev/gpiochip0' is a number, which moves from kernel to kernel",
        "{ pwm: pwmchip2 } | E104 'pwmchip2' is a number, which moves from kernel to kernel",
        "{ i2c: 1.5 } | E103 'i2c' is out of range",
        "{ serial: /dev/ttyAMA2, line: 9600 } | E104 '9600' are no settings of a serial line",
        "{ pins: pinctrl-rp1, evry: 5s } | E003 'evry' is not a setting of a board bus",
        "{ i2c: 1, every: 1ms } | E103 'every' is out of range"
      })
  void tellsWhatABusCannotBe(String yaml, String told) {
    var mistakes = new Mistakes();
    assertThat(BoardBus.read(Written.config(yaml, mistakes), mistakes)).isNull();
    assertThat(told(mistakes)).containsExactly(told);
  }

  @Test
  void hasThePinsOfOneChip() {
    var mistakes = new Mistakes();
    var buses =
        Stream.of("{ pins: a }", "{ i2c: 1 }", "{ pins: b }", "{ pwm: b.pwm }")
            .map(yaml -> Written.config(yaml, mistakes))
            .toList();
    BoardBus.checkTogether(buses, mistakes);
    assertThat(told(mistakes)).containsExactly("E204 'b' has the pins of a second chip beside 'b'");
  }

  @Test
  void findsNothingWrongWithWhatFits() {
    var asset = asset(Map.of("meter.pulses", 450_000.0, "meter.most", 5e-4));
    assertThat(
            checked(
                "{ pins: pinctrl-rp1 }",
                Written.device("5", "reed", asset, "shut"),
                Written.device("6", "pir", asset, "presence"),
                Written.device("7", "valve-relay", asset, "valve"),
                Written.device("8", "pulses", asset, "pulses")))
        .isEmpty();
    assertThat(checked("{ pwm: a.pwm }", Written.device("2", "dimmer", asset, "valve"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pins | x1 | reed | shut | E104 'x1' is no line of a chip",
        "pins | 07 | reed | shut | E104 '07' is no line of a chip",
        "pins | 5 | reed | | E404 which point is wired to 'b/5'?",
        "pins | 5 | reed | valve | E102 'a/valve' is no flag",
        "pins | 5 | pir | shut | E102 'a/shut' has no such words: it has []",
        "pins | 5 | relay | shut | E102 'a/shut' cannot be switched",
        "pins | 5 | pulses | valve | E102 'a/valve' is no counter",
        "pins | 5 | rain-bucket | pulses | E102 'a/pulses' is in count, here it is in mm",
        "pins | 5 | dimmer | valve | E201 a pin is high or low, and cannot dim",
        "pwm | 5 | reed | shut | E201 a PWM channel is no pin",
        "pins | 5+5 | valve-relay | valve | E104 '5+5' is no line of a chip",
        "pins | 5+ | valve-relay | valve | E104 '5+' is no line of a chip",
        "pins | 5+6 | reed | shut | E104 '5+6': only a relay has a contact that shows what it does"
      })
  void tellsWhatCannotBeOnALine(
      String place, String address, String profile, @Nullable String point, String told) {
    var device = Written.device(address, profile, asset(Map.of()), point);
    assertThat(checked("{ %s: label }".formatted(place), device)).containsExactly(told);
  }

  @Test
  void aLineIsOneDevices() {
    var asset = asset(Map.of());
    var told =
        checked(
            "{ pins: label }",
            Written.device("5+6", "valve-relay", asset, "valve"),
            Written.device("6", "reed", asset, "shut"));
    assertThat(told).containsExactly("E204 line 6 is taken by 'b/5+6' already");
  }

  /** A reed is quiet 50 ms after each edge, so that it gives ten pulses a second at most. */
  @ParameterizedTest
  @CsvSource({
    "1000, 0.0099, 0", // 9.9 a second
    "1000, 0.0101, 1",
    "450000, 0.0005, 0", // a Hall sensor is clean
    "450000, 0.05, 0"
  })
  void refusesADebounceThatHidesPulses(double perCubicMetre, double most, int refused) {
    var asset = asset(Map.of("meter.pulses", perCubicMetre, "meter.most", most));
    var told = checked("{ pins: label }", Written.device("5", "pulses", asset, "pulses"));
    assertThat(told)
        .hasSize(refused)
        .allMatch(mistake -> mistake.startsWith("E107 debounce of 50"));
  }

  private static List<String> checked(String yaml, Device... devices) {
    var mistakes = new Mistakes();
    Written.bus(yaml).check(List.of(devices), Map.of(), mistakes);
    return told(mistakes);
  }

  private static List<String> told(Mistakes mistakes) {
    return mistakes.all().stream().map(each -> each.code() + " " + each.problem()).toList();
  }

  private static Asset asset(Map<String, Double> settings) {
    var points = new ArrayList<Point>();
    add(points, "shut", PointType.FLAG, Unit.RATIO, List.of());
    add(points, "presence", PointType.STATE, Unit.RATIO, List.of("none", "moving", "still"));
    add(points, "valve", PointType.NUM, Unit.RATIO, List.of());
    add(points, "pulses", PointType.COUNTER, Unit.COUNT, List.of());
    add(points, "flow", PointType.NUM, Unit.FLOW, List.of());
    var kept = new LinkedHashMap<String, Value>();
    settings.forEach((key, number) -> kept.put(key, new Value.Num(number)));
    var kind =
        new Kind(
            "generic",
            new LinkedHashMap<>(),
            List.of(),
            List.of(),
            Kind.Parent.NONE,
            Kind.Device.OPTIONAL);
    return new Asset("a", kind, "a", null, points, kept, Map.of());
  }

  private static void add(
      List<Point> points, String name, PointType type, Unit unit, List<String> words) {
    var access = name.equals("valve") ? PointSpec.Access.WRITABLE : PointSpec.Access.OBSERVED;
    points.add(
        new Point(
            points.size(),
            new PointId("a", name),
            new PointSpec(
                name, type, unit, 0, 0.05, new Band.None(), Duration.ofHours(1), access, words)));
  }
}

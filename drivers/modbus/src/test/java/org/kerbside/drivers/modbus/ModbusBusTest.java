package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Unit;

/** What a site may say of a bus and its devices. */
class ModbusBusTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port: /dev/serial/by-id/a                      | /dev/serial/by-id/a 9600 8N1
          port: /dev/kerbside-rs485-a, line: 19200 8E1   | /dev/kerbside-rs485-a 19200 8E1
          url: modbus://10.0.0.5                         | modbus://10.0.0.5:502
          url: 'modbus://[fe80::1]:5020'                 | modbus://fe80::1:5020
          url: rtu://server.example:4001, line: 4800 8N2 | rtu://server.example:4001 4800 8N2
          """)
  void isWhereItIsWritten(String written, String place) {
    assertThat(Written.bus("{ %s }".formatted(written)).place()).hasToString(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timeout: 1s                                | E001 'port' is missing
          port: /dev/a, url: modbus://b              | E001 'port' and 'url' exclude each other
          port: ttyUSB0                              | E104 'ttyUSB0' is no serial port
          url: mqtt://b                              | E104 'mqtt://b' is no Modbus server's url
          url: modbus://b:70000                      | E104 'modbus://b:70000' is no Modbus server's url
          url: modbus://b, line: 9600 8N1            | E003 Modbus TCP has no 'line'
          port: /dev/a, line: 9600 7N1               | E104 '9600 7N1' are no settings of a serial line
          port: /dev/a, line: 99 8N1                 | E104 '99 8N1' are no settings of a serial line
          port: /dev/a, timeout: 1ms                 | E103 'timeout' is out of range
          port: /dev/a, every: 2d                    | E103 'every' is out of range
          port: /dev/a, retry: 11                    | E103 '11' is out of range
          port: /dev/a, retries: 1                   | E003 'retries' is not a setting of a modbus bus
          """)
  void eachMistakeIsTold(String written, String told) {
    var mistakes = new Mistakes();
    assertThat(read(written, mistakes)).isNull();
    assertThat(mistakes.all()).extracting(m -> m.code() + " " + m.problem()).contains(told);
  }

  @Test
  void aNameThatTheKernelCountsIsWarnedOf() {
    var mistakes = new Mistakes();
    assertThat(read("port: /dev/ttyUSB0", mistakes)).isNotNull();
    assertThat(mistakes.all()).extracting(m -> m.code()).containsExactly("W207");
  }

  @ParameterizedTest
  @CsvSource({"0", "248", "x", "1.5"})
  void anAddressThatIsNoUnitIsTold(String address) {
    var asset = Assets.asset("a", Assets.num("wind", Unit.METRE_PER_SECOND));
    var device = device(address, "wind-485", asset);
    assertThat(check(device))
        .containsExactly("E104 '%s' is no address on a Modbus line".formatted(address));
  }

  @Test
  void whatDoesNotFitItsAssetIsTold() {
    var other = Assets.asset("a", Assets.num("tilt", Unit.DEGREE));
    assertThat(check(device("1", "wind-485", other)))
        .containsExactly("E404 profile 'wind-485' measures nothing that 'a' has a point for");
    var flag = Assets.asset("a", Assets.flag("wind"));
    assertThat(check(device("1", "wind-485", flag)))
        .containsExactly("E102 'wind' of a generic is no number");
    var unit = Assets.asset("a", Assets.num("wind", Unit.CELSIUS));
    assertThat(check(device("1", "wind-485", unit)))
        .containsExactly("E102 'wind' of a generic is in Cel, here it is in m/s");
    var words = Assets.asset("a", Assets.state("presence", "none", "still"));
    assertThat(check(device("1", "radar-485", words)))
        .containsExactly("E102 'presence' of a generic has no such words: it has [none, still]");
  }

  /** Each 15 characters of 1 ms, two silences of 3.6 ms, 20 ms to turn round; all 2 s. */
  @Test
  void aLineThatCannotKeepPaceIsTold() {
    var asset = Assets.asset("a", Assets.num("wind", Unit.METRE_PER_SECOND));
    var devices = new ArrayList<Device>();
    for (int unit = 1; unit <= 33; unit++) {
      devices.add(device("" + unit, "wind-485", asset));
    }
    assertThat(check("port: /dev/a", devices)).containsExactly("W206 bus 'b' is 71 % busy");
    assertThat(check("port: /dev/a, line: 2400 8N1", devices))
        .containsExactly("E206 bus 'b' is 184 % busy");
    assertThat(check("url: modbus://a", devices)).isEmpty();
  }

  private static List<String> check(String bus, List<Device> devices) {
    var mistakes = new Mistakes();
    Written.bus("{ %s }".formatted(bus)).check(devices, mistakes);
    return mistakes.all().stream().map(m -> m.code() + " " + m.problem()).toList();
  }

  private static List<String> check(Device device) {
    return check("port: /dev/a", List.of(device));
  }

  private static Device device(String address, String profile, Asset asset) {
    return new Device(
        "b",
        address,
        Written.word("b/" + address),
        asset,
        Written.profile(Written.shipped(profile), new Mistakes()));
  }

  private static @Nullable ModbusBus read(String written, Mistakes mistakes) {
    var section = Written.section("site.yaml", "{ %s }".formatted(written), mistakes);
    return ModbusBus.read(
        new BusConfig(Written.word("b"), Written.word("modbus"), section), mistakes);
  }
}

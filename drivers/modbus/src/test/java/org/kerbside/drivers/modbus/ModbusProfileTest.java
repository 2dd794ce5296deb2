package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.testkit.Assets;

/** What is wrong in a profile is told where it stands, with a remedy. */
class ModbusProfileTest {

  private static final String GOOD =
      """
      profile: p
      driver: modbus
      line: 9600 8N1
      read: { function: 3, every: 10s }
      points:
        power: { at: 0x0000, type: u16, unit: W }
        on:    { at: 1, type: u16, is: 1, write: { function: 6, safe: off } }
      guards:
        - { at: 2, type: u16, most: 0, reason: device error }
      test: { recv: "01 03 06 00 2A 00 01 00 00 69 73", expect: { power: 42, on: on } }
      """;

  @Test
  void aGoodOneHasNone() {
    var profile = Written.good(GOOD);
    assertThat(profile.reads()).containsExactly(new Request.Read(Table.HOLDING, 0, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          function: 3, ev            | function: 7, ev            | 4:19 E103 '7' is out of range
          every: 10s                 | every: 0s                  | 4:22 E103 'every' is out of range
          line: 9600 8N1             | timeout: 1h                | 3:1 E103 'timeout' is out of range
          every: 10s                 | evry: 10s                  | 4:22 E003 'evry' is not a setting of 'read'
          every: 10s                 | every: 10                  | 4:29 E101 '10' has no unit
          every: 10s                 | count: 3                   | 4:7 E001 'address' and 'count' go together
          at: 0x0000                 | at: 0xG                    | 6:16 E104 '0xG' is no whole number
          at: 0x0000                 | at: 70000                  | 6:16 E103 '70000' is out of range
          'at: 0x0000, '             | ''                         | 6:10 E001 'at' is missing
          type: u16, unit: W         | type: u17, unit: W         | 6:30 E104 'u17' is no type of registers
          type: u16, unit: W         | type: u16, unit: Watt      | 6:41 E102 'Watt' is no unit that is known here
          type: u16, unit: W         | type: u16, unit: W, scale: 0 | 6:44 E103 nothing is left by 'scale' 0
          type: u16, unit: W         | type: u16, unit: W, order: BACD | 6:51 E104 'BACD' is not a value of 'order'
          'type: u16, unit: W'       | 'type: u16'                | 6:10 E001 'unit' is missing
          is: 1, write: { function: 6 | bit: 1, write: { function: 6 | E104 function 6 cannot write this point
          safe: off                  | safe: of                   | E104 'of' is not a value of 'safe'
          reason: device error       | reason: device eror        | 9:42 E104 'device eror' is no reason
          line: 9600 8N1             | line: 9600                 | 3:7 E104 '9600' are no settings of a serial line
          69 73                      | 69 74                      | 10:15 E210 this is no answer: bad checksum
          'test: {'                  | 'test: { send: 01 03 00 00 00 00 45 CA,' | 10:15 E210 this asks for nothing
          power: 42                  | power: 43                  | 10:68 E210 'power' comes out as 42.0
          power: 42                  | pwer: 42                   | 10:61 E210 'pwer' is no point of the profile
          '01 03 06 00'              | '01 0X 06 00'              | 10:15 E104 '01 0X
          guards                     | gards                      | 8:1 E003 'gards' is not a setting of a modbus profile
          """)
  void eachMistakeIsTold(String written, String wrong, String told) {
    String yaml = GOOD.replaceFirst(Pattern.quote(written), wrong);
    assertThat(yaml).isNotEqualTo(GOOD);
    var mistakes = new Mistakes();
    assertThat(ModbusProfile.read(Written.profile(yaml, mistakes), mistakes)).isNull();
    assertThat(mistakes.all())
        .extracting(
            m -> "%d:%d %s %s".formatted(m.mark().line(), m.mark().column(), m.code(), m.problem()))
        .anyMatch(said -> said.contains(told));
  }

  /** Its author must first hear the device. */
  @Test
  void aProfileWithoutATestIsWarnedOf() {
    var mistakes = new Mistakes();
    String yaml = GOOD.substring(0, GOOD.indexOf("test:"));
    assertThat(ModbusProfile.read(Written.profile(yaml, mistakes), mistakes)).isNotNull();
    assertThat(mistakes.all()).extracting(m -> m.code()).containsExactly("W210");
  }

  @Test
  void onlyWhatAnAssetHasPointsForIsAsked() {
    var profile = Written.good(Written.shipped("lamp-485")).only(Set.of("power", "on"));
    assertThat(profile.reads())
        .containsExactly(new Request.Read(Table.COIL, 0, 1), new Request.Read(Table.INPUT, 2, 1));
  }

  /** {@code contactor: { at: rs485-a/3, profile: relay-485 }}: its other relays are others'. */
  @Test
  void aDeviceOfOnePointSpeaksForThatAlone() {
    var asset = Assets.asset("a", Assets.flag("contactor"), Assets.flag("fan"));
    var whole = Written.device(3, Written.shipped("relay-485"), asset);
    var own = new Device("b", "3", whole.at(), asset, whole.profile(), "contactor", null);
    var profile = Written.good(Written.shipped("relay-485"));
    assertThat(profile.only(whole).slots()).hasSize(2);
    assertThat(profile.only(own).slots()).extracting(Slot::quantity).containsExactly("contactor");
  }

  @Test
  void whatABlockDoesNotHoldIsAskedBesideIt() {
    var profile =
        Written.good(
            GOOD.replace("every: 10s", "address: 0, count: 2").replaceFirst("test: .*", ""));
    assertThat(profile.reads())
        .containsExactly(
            new Request.Read(Table.HOLDING, 0, 2), new Request.Read(Table.HOLDING, 2, 1));
  }
}

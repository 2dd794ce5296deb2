package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

class FormatsTest {

  private static final Words EN = new Words(Language.EN);
  private static final Words ZH = new Words(Language.ZH);

  @ParameterizedTest
  @CsvSource({
    "0, under 10 s",
    "9, under 10 s",
    "10, 10 s",
    "19, 10 s",
    "59, 50 s",
    "60, 1 min",
    "3599, 59 min",
    "3600, 1 h",
    "172799, 47 h",
    "172800, 2 d",
  })
  void agesMoveInSteps(long seconds, String text) {
    assertThat(Ages.text(Duration.ofSeconds(seconds), EN)).isEqualTo(text);
  }

  @Test
  void agesAreSaidInWords() {
    assertThat(Ages.data(Duration.ofSeconds(40), ZH)).isEqualTo("数据 40 秒前");
    assertThat(Ages.change(Duration.ofMinutes(26), EN)).isEqualTo("Changed 26 min ago");
    assertThat(Ages.data(Duration.ofSeconds(3), ZH)).isEqualTo("数据 刚刚");
  }

  @ParameterizedTest
  @CsvSource({
    "/, 0, 1, 0.964, 96%",
    "/, 0, 1.2, 1.1, 110%",
    "/, -1, 1, 0.976, 0.98",
    "/, -Infinity, Infinity, 83.5, 83.5",
    "Cel, -40, 60, -0.04, 0 °C",
    "Cel, -40, 60, 21.44, 21.4 °C",
    "%RH, 0, 100, 63.4, 63%",
    "%EL, 0, 100, 63.5, 64%",
    "V, 0, 300, 229.96, 230 V",
    "A, 0, 20, 0.276, 0.28 A",
    "W, 0, 2000, 0.36, 0.4 W",
    "W, 0, 2000, 62.4, 62 W",
    "Pa, 0, 1600000, 312000, 312 kPa",
    "S/m, 0, 2, 0.012, 120 µS/cm",
    "lx, 0, 150000, 12345, '12,345 lx'",
    "m, 0, 8, 0.054, 54 mm",
    "m3/s, 0, 0.05, 0.00020667, 12.4 L/min",
    "m3, 0, 1e12, 1240.5, '1,240.5 m³'",
    "kWh, 0, 1e12, 3.14159, 3.14 kWh",
    "ug/m3, 0, 35000, 120, 0.12 mg/m³",
    "ug/m3, 0, 35000, 1.1, 0.001 mg/m³",
    "dBm, -140, 0, -97.2, -97 dBm",
    "count, 0, 1e12, 1240, '1,240'",
  })
  void numbersStandInPeoplesUnits(
      String symbol, double min, double max, double number, String text) {
    var unit = Unit.of(symbol);
    assertThat(unit).isNotNull();
    if (unit != null) {
      var spec = Street.spec("any", PointType.NUM, unit, min, max);
      assertThat(Numbers.text(number, spec)).isEqualTo(text);
    }
  }

  @Test
  void timesAreTheSitesAndNameTheDayWhenItIsAnother() {
    var times = new Times(ZoneId.of("Asia/Shanghai"), Street.NOON);
    assertThat(times.clock()).isEqualTo("14:32:05");
    assertThat(times.at(Street.ago(26))).isEqualTo("14:06");
    assertThat(times.at(Street.ago(26 * 60))).isEqualTo("09-30 12:32");
  }

  @Test
  void whatWasNotedBeforeTheTimeWasKnownIsDatedByItsAge() {
    var times = new Times(ZoneId.of("Asia/Shanghai"), Street.NOON);
    var early = new Moment(Instant.EPOCH, ClockQuality.NONE, Street.ago(26).sinceBoot());
    assertThat(times.at(early)).isEqualTo("14:06");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, true",
    "10.73.1.1, true",
    "[::1]:8080, true",
    "localhost:8080, true",
    "kerbside-0173.local, true",
    "gw.city, true",
    "evil.example, false",
    "127.0.0.1.evil.example, false",
    "connectivitycheck.gstatic.com, false",
  })
  void answersToItsOwnNamesOnly(String host, boolean ours) {
    assertThat(Hosts.isOurs(host, "gw.city")).isEqualTo(ours);
  }

  @Test
  void sendsForeignNamesToWhereTheyCame() {
    assertThat(Hosts.address("10.73.1.1", 80)).isEqualTo("http://10.73.1.1/");
    assertThat(Hosts.address("0:0:0:0:0:0:0:1", 8080)).isEqualTo("http://[0:0:0:0:0:0:0:1]:8080/");
    assertThat(Hosts.isOurs(null, "gw.city")).isFalse();
  }
}

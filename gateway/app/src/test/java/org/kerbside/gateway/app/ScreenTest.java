package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.app.Street.DISTANCE;
import static org.kerbside.gateway.app.Street.NOON;
import static org.kerbside.gateway.app.Street.OPEN;
import static org.kerbside.gateway.app.Street.PRESENCE;
import static org.kerbside.gateway.app.Street.START;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

class ScreenTest {

  @Test
  void convertsToThePointsUnitOnce() {
    assertThat(read(Sample.of("distance", 420, unit("mm")), DISTANCE).value())
        .isEqualTo(new Value.Num(.42));
    assertThat(read(Sample.of("distance", .42, Unit.METRE), DISTANCE).value())
        .isEqualTo(new Value.Num(.42));
  }

  @Test
  void refusesAnotherUnitOrType() {
    assertThat(tried(Sample.of("distance", 20, Unit.CELSIUS), DISTANCE)).isNull();
    assertThat(tried(Sample.of("distance", true), DISTANCE)).isNull();
    assertThat(tried(Sample.of("open", 1, Unit.RATIO), OPEN)).isNull();
    assertThat(tried(Sample.of("presence", "sleeping"), PRESENCE)).isNull();
    assertThat(tried(Sample.of("presence", "moving"), PRESENCE)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 8.001, 1e6, -1e6, Integer.MIN_VALUE})
  void outsideTheRangeIsBadAndNoNumber(double metres) {
    var reading = read(Sample.of("distance", metres, Unit.METRE), DISTANCE);

    assertThat(reading.quality()).isEqualTo(new Quality.Bad(Reason.OUT_OF_RANGE));
    assertThat(reading.value()).isNull();
  }

  @Test
  void aNumberThatItsUnitMakesInfiniteIsOutOfRangeToo() {
    var reading = read(Sample.of("distance", -Double.MAX_VALUE, unit("km")), DISTANCE);
    assertThat(reading.quality()).isEqualTo(new Quality.Bad(Reason.OUT_OF_RANGE));
  }

  @Test
  void anOldTimeIsOldAndKept() {
    var reading = read(sampleAt(NOON.minus(Duration.ofDays(30))), DISTANCE);

    assertThat(reading.at().wall()).isEqualTo(NOON.minus(Duration.ofDays(30)));
    assertThat(reading.timing()).isEqualTo(Reading.Timing.SOURCE);
    assertThat(reading.quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void aTimeThatCannotBeIsReplacedAndDoubted() {
    for (var impossible :
        new Instant[] {
          Instant.EPOCH, Instant.ofEpochSecond(-1), NOON.plus(Screen.AHEAD).plusSeconds(1)
        }) {
      var reading = read(sampleAt(impossible), DISTANCE);
      assertThat(reading.at()).isEqualTo(START);
      assertThat(reading.timing()).isEqualTo(Reading.Timing.RECEIPT);
      assertThat(reading.quality()).isEqualTo(new Quality.Uncertain(Reason.SOURCE_TIME));
    }
    assertThat(read(sampleAt(NOON.plus(Screen.AHEAD)), DISTANCE).quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void withoutAClockOfOurOwnTheSourceIsBelieved() {
    var unknown = new Moment(Instant.EPOCH, ClockQuality.NONE, Duration.ofSeconds(3));
    var reading = Screen.read(sampleAt(NOON), DISTANCE, unknown);

    assertThat(reading).isNotNull();
    assertThat(reading == null ? null : reading.at())
        .as("and its age is counted from when it came")
        .isEqualTo(new Moment(NOON, ClockQuality.NONE, unknown.sinceBoot()));
  }

  private static Sample sampleAt(Instant source) {
    return Sample.of("distance", 1, Unit.METRE).at(source);
  }

  private static @Nullable Reading tried(Sample sample, Point point) {
    return Screen.read(sample, point, START);
  }

  private static Reading read(Sample sample, Point point) {
    var reading = tried(sample, point);
    if (reading == null) {
      throw new AssertionError("refused: " + sample);
    }
    return reading;
  }

  private static Unit unit(String symbol) {
    var unit = Unit.of(symbol);
    if (unit == null) {
      throw new AssertionError("no unit " + symbol);
    }
    return unit;
  }
}

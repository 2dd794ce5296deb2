package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Value;

class SheetBytesTest {

  private static final long START = 1_782_892_800_000L;
  private static final SheetBytes BYTES = new SheetBytes(START, Timeline.MINUTE);

  @Test
  void readsWhatItWrote() throws Exception {
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      var sheet = any(random);
      var read = BYTES.read(BYTES.write(sheet));
      assertThat(read.points.keySet()).isEqualTo(sheet.points.keySet());
      sheet.points.forEach(
          (point, rolls) ->
              rolls.forEach(
                  (start, roll) -> {
                    var again = roll(read, point, start);
                    // A mean is kept to seven digits.
                    assertThat(Float.compare((float) again.mean, (float) roll.mean)).isZero();
                    again.mean = roll.mean;
                    assertThat(again.isSame(roll)).as("%s", point).isTrue();
                  }));
    }
  }

  @Test
  void whatRestsCostsNextToNothing() {
    var sheet = new Sheet();
    for (int i = 0; i < 10; i++) {
      var roll = new Roll();
      roll.hold(new Value.Num(0.37), Timeline.MINUTE, 0);
      sheet.add("fill", START + i * Timeline.MINUTE, roll, Timeline.MINUTE);
    }
    assertThat(BYTES.write(sheet)).hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void whatIsDamagedIsRefusedAndNeverTakenForMuch() {
    var random = new Random(2);
    for (int i = 0; i < 2_000; i++) {
      var bytes = BYTES.write(any(random));
      var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThatThrownBy(() -> BYTES.read(cut)).isInstanceOf(SQLException.class);
    }
  }

  private static Roll roll(Sheet sheet, String point, long start) {
    var rolls = Objects.requireNonNull(sheet.points.get(point));
    return Objects.requireNonNull(rolls.get(start));
  }

  private static Sheet any(Random random) {
    var sheet = new Sheet();
    for (int p = 1 + random.nextInt(3); p > 0; p--) {
      for (int minute = 0; minute < 10; minute += 1 + random.nextInt(3)) {
        var roll = new Roll();
        for (int i = random.nextInt(3); i >= 0; i--) {
          roll.count(value(random, p));
          roll.hold(value(random, p), random.nextInt(20_000), random.nextInt(2));
        }
        sheet.add("p" + p, START + minute * 60_000L, roll, Timeline.MINUTE);
      }
    }
    return sheet;
  }

  private static Value value(Random random, int point) {
    return switch (point) {
      case 1 -> Value.Flag.of(random.nextBoolean());
      case 2 -> new Value.Num(random.nextInt(100_000) / 1000.0 - 50);
      default -> new Value.Num(random.nextGaussian() * 1e9);
    };
  }
}

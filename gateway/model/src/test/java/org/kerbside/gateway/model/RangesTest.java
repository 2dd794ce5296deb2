package org.kerbside.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTest {

  private static final long SEED = 20260701;
  private static final int SPAN = 80;

  /** Against a set of bits: any order of adding, runs that touch, overlap or swallow others. */
  @Test
  void isTheSetThatWasAdded() {
    var chance = new Random(SEED);
    for (int round = 0; round < 2000; round++) {
      var ranges = new Ranges();
      var bits = new BitSet();
      for (int step = 0; step < 12; step++) {
        int first = 1 + chance.nextInt(SPAN);
        int last = Math.min(SPAN, first + (chance.nextBoolean() ? 0 : chance.nextInt(10)));
        ranges.add(first, last);
        bits.set(first, last + 1);
        agree(ranges, bits);
      }
      agree(Ranges.parse(ranges.text()), bits);
    }
  }

  private static void agree(Ranges ranges, BitSet bits) {
    assertThat(ranges.count()).as("seed %d: %s", SEED, bits).isEqualTo(bits.cardinality());
    assertThat(ranges.last()).isEqualTo(Math.max(0, bits.length() - 1));
    assertThat(ranges.isEmpty()).isEqualTo(bits.isEmpty());
    for (int seq = 1; seq <= SPAN + 2; seq++) {
      assertThat(ranges.contains(seq)).isEqualTo(bits.get(seq));
      long missing = ranges.missing(seq);
      assertThat(missing).isEqualTo(bits.nextClearBit(seq));
      int next = bits.nextSetBit((int) missing);
      assertThat(ranges.holeEnd(missing)).isEqualTo(next < 0 ? Long.MAX_VALUE : next - 1);
    }
  }

  @Test
  void isTheSetThatWasLeft() {
    var chance = new Random(SEED);
    for (int round = 0; round < 2000; round++) {
      var ranges = new Ranges();
      var bits = new BitSet();
      for (int step = 0; step < 20; step++) {
        int first = 1 + chance.nextInt(SPAN);
        int last = Math.min(SPAN, first + chance.nextInt(15));
        if (chance.nextInt(3) == 0) {
          ranges.remove(first, last);
          bits.clear(first, last + 1);
        } else {
          ranges.add(first, last);
          bits.set(first, last + 1);
        }
        agree(ranges, bits);
      }
    }
  }

  @Test
  void joinsWhatTouches() {
    var ranges = new Ranges();
    ranges.add(1);
    ranges.add(3);
    ranges.add(5, 9);
    assertThat(ranges.text()).isEqualTo("1,3,5-9");
    ranges.add(2);
    ranges.add(4);
    assertThat(ranges.text()).isEqualTo("1-9");
  }

  @Test
  void refusesWhatItWouldNotHaveWritten() {
    for (var text : new String[] {"x", "5-1", "0", "1-", "1,,2", "-4"}) {
      assertThatThrownBy(() -> Ranges.parse(text)).isInstanceOf(NumberFormatException.class);
    }
  }
}

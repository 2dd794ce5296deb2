package org.kerbside.deploy.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Ranges;

class CursorTest {

  private static final long SEED = 20261125;
  private static final int SPAN = 60;

  /** Against two sets of bits: any order of frames and gaps. */
  @Test
  void endsAtTheFirstHoleAndNamesEachOne() {
    var chance = new Random(SEED);
    for (int round = 0; round < 3000; round++) {
      var place = new Place("kerbside/1/t/g", "01K4Z6R0YH", "d");
      var cursor = new Cursor(1, place, new Ranges(), new Ranges());
      var known = new BitSet();
      known.set(0);
      for (int step = 0; step < 10; step++) {
        int first = 1 + chance.nextInt(SPAN);
        int last = Math.min(SPAN, first + chance.nextInt(8));
        (chance.nextInt(3) == 0 ? cursor.explained : cursor.received).add(first, last);
        known.set(first, last + 1);
      }
      assertThat(cursor.end()).as("seed %d", SEED).isEqualTo(known.nextClearBit(0) - 1);
      var named = new BitSet();
      named.set(0);
      for (var hole : cursor.holes(SPAN, Integer.MAX_VALUE)) {
        named.set((int) hole.first(), (int) hole.last() + 1);
      }
      named.or(known);
      assertThat(named.cardinality()).isEqualTo(SPAN + 1);
      assertThat(
              cursor.holes(SPAN, Integer.MAX_VALUE).stream()
                  .mapToLong(hole -> hole.last() - hole.first() + 1)
                  .sum())
          .isEqualTo(SPAN + 1 - known.cardinality());
      assertThat(cursor.holes(SPAN, 1)).hasSizeLessThanOrEqualTo(1);
    }
  }
}

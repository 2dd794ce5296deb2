package org.kerbside.drivers.modbus;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** What the bits of a value say. */
sealed interface Meaning {

  /** Bits in, a sample out; a bad one where they say nothing. */
  Sample sample(String quantity, Layout layout, long bits);

  /**
   * A number: raw × scale + offset.
   *
   * @param unit absent where the point's own is meant
   */
  record Measure(double scale, double offset, @Nullable Unit unit) implements Meaning {

    @Override
    public Sample sample(String quantity, Layout layout, long bits) {
      double number = scaled(layout.number(bits));
      return Double.isFinite(number)
          ? new Sample(quantity, new Value.Num(number), unit, Quality.GOOD, null)
          : Sample.bad(quantity, Reason.SENTINEL);
    }

    private double scaled(double raw) {
      // Dividing by a whole number rounds once: 658 / 1000, while 658 × 0.001 may be a little more.
      double inverse = Math.rint(1 / scale);
      boolean whole = Math.abs(inverse) > 1 && Math.abs(inverse * scale - 1) < 1e-12;
      return (whole ? raw / inverse : raw * scale) + offset;
    }

    /** What stands in the register for this number. */
    double raw(double number) {
      return (number - offset) / scale;
    }
  }

  /** True when the bits are one of these. */
  record Flag(Set<Long> is) implements Meaning {

    public Flag {
      is = Set.copyOf(is);
    }

    @Override
    public Sample sample(String quantity, Layout layout, long bits) {
      return Sample.of(quantity, is.contains(bits));
    }
  }

  /** True when one bit of a register is set, 0 the least. */
  record Bit(int number) implements Meaning {

    @Override
    public Sample sample(String quantity, Layout layout, long bits) {
      return Sample.of(quantity, (bits >>> number & 1) == 1);
    }
  }

  /** A word for each number; one that has none is bad. */
  record Words(Map<Long, String> words) implements Meaning {

    public Words {
      words = Map.copyOf(words);
    }

    @Override
    public Sample sample(String quantity, Layout layout, long bits) {
      var word = words.get(bits);
      return word == null ? Sample.bad(quantity, Reason.OUT_OF_RANGE) : Sample.of(quantity, word);
    }
  }
}

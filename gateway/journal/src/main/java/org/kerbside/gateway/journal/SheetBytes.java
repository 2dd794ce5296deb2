package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.SQLException;

/**
 * A sheet to bytes and back. Numbers are written as decimals where they are some, rolls that repeat
 * the one before as a count: a point that rests for ten minutes costs about eight bytes.
 */
final class SheetBytes {

  private static final int FULL = 1; // known throughout
  private static final int DOUBTED = 2;
  private static final int NUMBERS = 4;
  private static final int FLAT = 8; // one number is all four
  private static final int WORDS = 16;

  private static final int RAW = 15; // in place of a number of decimals
  private static final double MOST = 1L << 48; // as a whole number

  private final long start;
  private final long length; // of a roll

  /** All in milliseconds. */
  SheetBytes(long start, long length) {
    this.start = start;
    this.length = length;
  }

  byte[] write(Sheet sheet) {
    var out = new ByteArrayOutputStream(256);
    number(out, sheet.points.size());
    sheet.points.forEach(
        (point, rolls) -> {
          text(out, point);
          var runs = Run.of(rolls, length);
          number(out, runs.size());
          for (var run : runs) {
            number(out, (run.start() - start) / length);
            number(out, run.count());
            roll(out, run.roll());
          }
        });
    return out.toByteArray();
  }

  /**
   * @throws SQLException when the bytes are none of a sheet
   */
  Sheet read(byte[] bytes) throws SQLException {
    try {
      var in = ByteBuffer.wrap(bytes);
      var sheet = new Sheet();
      for (long points = number(in); points > 0; points--) {
        var point = text(in);
        for (long runs = number(in); runs > 0; runs--) {
          long at = start + number(in) * length;
          long count = Math.min(number(in), 1440);
          var roll = roll(in);
          for (long i = 0; i < count; i++) {
            sheet.add(point, at + i * length, roll, length);
          }
        }
      }
      return sheet;
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      throw new SQLException("unreadable: " + damaged, damaged);
    }
  }

  private void roll(ByteArrayOutputStream out, Roll roll) {
    boolean isFull = roll.known == length;
    boolean isFlat = roll.min == roll.max && roll.min == roll.last;
    out.write(
        (isFull ? FULL : 0)
            | (roll.doubted > 0 ? DOUBTED : 0)
            | (roll.hasNumbers() ? NUMBERS : 0)
            | (isFlat ? FLAT : 0)
            | (roll.held.isEmpty() ? 0 : WORDS));
    number(out, roll.readings);
    if (!isFull) {
      number(out, roll.known);
    }
    if (roll.doubted > 0) {
      number(out, roll.doubted);
    }
    if (roll.hasNumbers()) {
      decimal(out, roll.min);
      if (!isFlat) {
        decimal(out, roll.max);
        decimal(out, roll.last);
        decimal(out, (float) roll.mean);
      }
    }
    if (!roll.held.isEmpty()) {
      number(out, roll.held.size());
      roll.held.forEach(
          (word, time) -> {
            text(out, word);
            number(out, time);
          });
    }
  }

  private Roll roll(ByteBuffer in) {
    int flags = in.get();
    var roll = new Roll();
    roll.readings = number(in);
    roll.known = (flags & FULL) != 0 ? length : number(in);
    roll.doubted = (flags & DOUBTED) != 0 ? number(in) : 0;
    if ((flags & NUMBERS) != 0) {
      boolean isFlat = (flags & FLAT) != 0;
      roll.min = decimal(in);
      roll.max = isFlat ? roll.min : decimal(in);
      roll.last = isFlat ? roll.min : decimal(in);
      roll.mean = isFlat ? roll.min : decimal(in);
    }
    if ((flags & WORDS) != 0) {
      for (long words = number(in); words > 0; words--) {
        roll.held.put(text(in), number(in));
      }
    }
    return roll;
  }

  /** The fewest decimals that say the same number, or its bits. */
  private static void decimal(ByteArrayOutputStream out, double value) {
    double scale = 1;
    for (int decimals = 0; decimals < 7; decimals++, scale *= 10) {
      double whole = Math.rint(value * scale);
      if (Math.abs(whole) < MOST && Double.compare(whole / scale, value) == 0) {
        out.write(decimals);
        long exact = (long) whole;
        number(out, exact << 1 ^ exact >> 63);
        return;
      }
    }
    out.write(RAW);
    out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
  }

  private static double decimal(ByteBuffer in) {
    int decimals = in.get();
    if (decimals == RAW) {
      return in.getDouble();
    }
    long folded = number(in);
    double whole = folded >>> 1 ^ -(folded & 1);
    double scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    return whole / scale;
  }

  /** Seven bits a byte, the lowest first. */
  private static void number(ByteArrayOutputStream out, long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long number(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  private static void text(ByteArrayOutputStream out, String text) {
    var bytes = text.getBytes(UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static String text(ByteBuffer in) {
    long length = number(in);
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a text of " + length + " bytes");
    }
    var bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }
}

package org.kerbside.drivers.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A stream of bytes as a serial line may hand it over: in pieces of every size. */
public final class Chunks {

  private static final int MOST_IN_FULL = 14; // bytes: 8192 ways

  private Chunks() {}

  /** Every way to cut up to 14 bytes. */
  public static Stream<List<byte[]>> every(byte[] bytes) {
    if (bytes.length > MOST_IN_FULL) {
      throw new IllegalArgumentException("%d bytes have too many ways".formatted(bytes.length));
    }
    return IntStream.range(0, 1 << (bytes.length - 1)).mapToObj(cuts -> cut(bytes, cuts));
  }

  /** Every way to cut it once or twice. */
  public static Stream<List<byte[]>> twice(byte[] bytes) {
    return IntStream.rangeClosed(0, bytes.length)
        .boxed()
        .flatMap(
            first ->
                IntStream.rangeClosed(first, bytes.length)
                    .mapToObj(second -> cut(bytes, first, second)));
  }

  /** Some way. */
  public static List<byte[]> some(byte[] bytes, Random chance) {
    var pieces = new ArrayList<byte[]>();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + chance.nextInt(8));
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces;
  }

  private static List<byte[]> cut(byte[] bytes, int first, int second) {
    return Stream.of(
            Arrays.copyOfRange(bytes, 0, first),
            Arrays.copyOfRange(bytes, first, second),
            Arrays.copyOfRange(bytes, second, bytes.length))
        .filter(piece -> piece.length > 0)
        .toList();
  }

  private static List<byte[]> cut(byte[] bytes, int cuts) {
    var pieces = new ArrayList<byte[]>();
    int from = 0;
    for (int i = 1; i <= bytes.length; i++) {
      if (i == bytes.length || (cuts >> (i - 1) & 1) == 1) {
        pieces.add(Arrays.copyOfRange(bytes, from, i));
        from = i;
      }
    }
    return pieces;
  }
}

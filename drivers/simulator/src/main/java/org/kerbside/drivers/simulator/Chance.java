package org.kerbside.drivers.simulator;

/**
 * Chance as a function: the n-th number of a stream is the same whoever asks, and in whatever
 * order. A stream belongs to a seed, an asset and a purpose, so that a new asset changes no other.
 */
record Chance(long key) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  static Chance of(long seed, String asset, String purpose) {
    return new Chance(mix(mix(mix(seed) + letters(asset)) + letters(purpose)));
  }

  /** The n-th number, even in [0, 1). */
  double even(long n) {
    return (mix(key + n * GOLDEN) >>> 11) * 0x1p-53;
  }

  /** The n-th number, even in [from, to). */
  double between(long n, double from, double to) {
    return from + (to - from) * even(n);
  }

  /** The n-th number of a standard normal distribution (Box and Muller), cut at 3. */
  double normal(long n) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - even(2 * n)));
    double wave = radius * StrictMath.cos(2 * StrictMath.PI * even(2 * n + 1));
    return Math.clamp(wave, -3, 3);
  }

  /** A slow wander in [-1, 1] that passes one random value at each whole x. */
  double wander(double x) {
    long cell = (long) Math.floor(x);
    double part = x - cell;
    double ease = part * part * (3 - 2 * part);
    return (1 - ease) * between(cell, -1, 1) + ease * between(cell + 1, -1, 1);
  }

  private static long letters(String text) {
    long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bit
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long z) {
    z += GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

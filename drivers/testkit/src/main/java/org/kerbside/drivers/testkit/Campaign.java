package org.kerbside.drivers.testkit;

import java.util.Random;

/**
 * A test that repeats something at random: how often, and from which seed. Both may be given by
 * hand, {@code ./kerbside test --long kills --n 500 --seed 7}, where {@code kills} is a tag of the
 * test; then they hold for every campaign that runs.
 *
 * @param n how often, or how many, at least 1
 * @param seed of every random choice in it
 */
public record Campaign(String name, int n, long seed) {

  /**
   * A campaign of the usual length from a new seed, unless others were given; printed, so that
   * every failure can be had again. The launcher gives each commit its own.
   */
  public static Campaign of(String name, int usual) {
    var campaign =
        new Campaign(
            name,
            Integer.getInteger("kerbside.n", usual),
            Long.getLong("kerbside.seed", System.nanoTime()));
    System.out.println(campaign);
    return campaign;
  }

  public Campaign {
    if (n < 1) {
      throw new IllegalArgumentException("%s: n is at least 1: got %d".formatted(name, n));
    }
  }

  public Random chance() {
    return new Random(seed);
  }

  @Override
  public String toString() {
    return "campaign %s: n %d, seed %d".formatted(name, n, seed);
  }
}

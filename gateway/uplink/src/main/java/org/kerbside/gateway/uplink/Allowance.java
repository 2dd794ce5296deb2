package org.kerbside.gateway.uplink;

import java.nio.file.Path;

/**
 * What the way to the city may carry.
 *
 * @param perMonth bytes, of a month by the site's calendar
 * @param folder where what was used is kept
 */
public record Allowance(long perMonth, Path folder) {

  /** None that is enough for nothing at all. */
  public Allowance {
    if (perMonth < 1) {
      throw new IllegalArgumentException("uplink: budget: got %d bytes".formatted(perMonth));
    }
  }
}

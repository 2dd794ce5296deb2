package org.kerbside.gateway.journal;

import java.util.Set;

/**
 * How much the journal keeps.
 *
 * @param bytes of the file, a quarter of them for events; what does not fit is thinned
 * @param counters points of which the last value of an interval says all
 */
public record Quota(long bytes, Set<String> counters) {

  public Quota {
    counters = Set.copyOf(counters);
  }
}

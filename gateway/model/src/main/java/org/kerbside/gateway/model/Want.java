package org.kerbside.gateway.model;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration that the city wants, as it signed it.
 *
 * @param number the city's own, rising: an older one is refused
 * @param files the text of each by its name beside the site's own; none: the files that people keep
 *     on the gateway count again
 * @param probation how long it must show that the city is still reached
 */
public record Want(long number, SortedMap<String, String> files, Duration probation) {

  public Want {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}

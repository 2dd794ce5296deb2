package org.kerbside.gateway.assets;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kerbside.gateway.model.Value;

/**
 * What is remembered of one derived thing, as plain data that outlives the process.
 *
 * @param thing the point that is made: {@code bin-2/fill}
 * @param values numbers in kept units and words, by name; times are ages in seconds at the time of
 *     the snapshot
 */
public record Kept(String thing, SortedMap<String, Value> values) {

  public Kept {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}

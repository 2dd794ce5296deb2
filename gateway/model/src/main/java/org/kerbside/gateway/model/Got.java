package org.kerbside.gateway.model;

import java.util.List;
import java.util.Locale;

/**
 * What became of the configuration that the city wants.
 *
 * @param want the city's number of it; 0 where what came had none that counts
 * @param revision that runs since
 * @param diagnostics why not; empty where it was applied
 */
public record Got(long want, long revision, Result result, List<String> diagnostics) {

  /** How it ended, or stands. */
  public enum Result {
    APPLIED,
    /** It ran, and the gateway came back from it by itself. */
    REVERTED,
    /** Nothing has changed. */
    REFUSED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Got {
    diagnostics = List.copyOf(diagnostics);
  }
}

package org.kerbside.gateway.journal;

/**
 * What will never come, or comes thinned, for one reason.
 *
 * @param gaps that were told
 * @param readings that they tell of, as far as their number is known
 */
public record Lost(long gaps, long readings) {

  Lost plus(Lost other) {
    return new Lost(gaps + other.gaps, readings + other.readings);
  }
}

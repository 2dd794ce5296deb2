package org.kerbside.drivers.lorawan;

import java.util.List;
import org.kerbside.drivers.api.Sample;

/**
 * What one telegram says.
 *
 * @param problems what of it was not understood, told for people; the rest stands
 */
record Said(List<Heard> heard, List<String> problems) {

  Said {
    heard = List.copyOf(heard);
    problems = List.copyOf(problems);
  }

  /**
   * One sample.
   *
   * @param channel which of the device's channels it is of, from 1; {@link #DEVICE} when it is of
   *     the device as a whole
   */
  record Heard(int channel, Sample sample) {}

  /** Not a channel: the device as a whole. */
  static final int DEVICE = 0;
}

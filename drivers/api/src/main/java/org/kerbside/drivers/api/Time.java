package org.kerbside.drivers.api;

import java.time.Duration;

/** Time as a sensor needs it: what a chip takes to measure or to warm up. Not of any calendar. */
public interface Time {

  /** Since a moment that stays the same; never goes back. */
  Duration now();

  /** Lets so much pass. */
  void pause(Duration length) throws InterruptedException;
}

package org.kerbside.drivers.board;

import java.util.List;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Sample;

/**
 * A device on a line. Belongs to the bus's thread; times are nanoseconds of the bus's monotonic
 * clock.
 */
interface Attached {

  /** As the site writes it, behind the slash. */
  String address();

  /** The point that it speaks for, or moves. */
  String point();

  /** Takes its line; what was known of the line before is forgotten, what was counted is not. */
  void open(Pins pins, long now) throws Unavailable;

  /** Hears its line anew, on lines that are open; what it drives stays as it is. */
  default void listen(Pins pins, long now) throws Unavailable {
    open(pins, now);
  }

  /** An edge of its line. */
  default void hears(Level level, long at) {}

  /**
   * Asks the line itself, since a listener may die silently.
   *
   * @return false when the line is not what was heard of it
   */
  default boolean look(long now) throws Unavailable {
    return true;
  }

  /** Does what is due by now; true when there is something new to tell. */
  boolean turns(long now) throws Unavailable;

  /** When something is due without an edge; the greatest number when nothing is. */
  long due();

  /** What it says now; empty before it can say anything. */
  List<Sample> says(long now);

  /** Its line is given back, and safe before. */
  default void end() throws Unavailable {}

  /** Tells of what was not counted, once each. */
  default List<String> problems() {
    return List.of();
  }
}

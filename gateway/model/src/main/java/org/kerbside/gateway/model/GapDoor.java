package org.kerbside.gateway.model;

/** Where a room tells what will never come: the intake. Thread-safe; never blocks. */
public interface GapDoor {

  /**
   * Hands a gap in, to be journalled. Where it cannot be kept nothing happens: tell it again later.
   *
   * @param kept runs once it is committed, on the writer's thread: must return at once
   */
  void tell(Event.Gap gap, Runnable kept);
}

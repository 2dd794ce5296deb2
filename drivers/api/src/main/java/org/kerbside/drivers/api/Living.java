package org.kerbside.drivers.api;

/** A driver that can tell whether it still runs. */
public interface Living {

  /**
   * Whether its thread is there; true before it is opened and after it is closed. What hangs on it
   * and does not answer is told as silence, and no death. From any thread.
   */
  boolean lives();
}

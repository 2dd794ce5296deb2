package org.kerbside.gateway.model;

import org.jspecify.annotations.Nullable;

/** Where the configuration that the city wants goes in. Thread-safe; never blocks. */
public interface WantDoor {

  /** Nobody may push one. */
  WantDoor CLOSED =
      new WantDoor() {
        @Override
        public boolean isOpen() {
          return false;
        }

        @Override
        public void arrive(Want want) {}

        @Override
        public void refused(String why) {}

        @Override
        public @Nullable Got got() {
          return null;
        }
      };

  /** Whether the site lets the city push anything. */
  boolean isOpen();

  /** Hands in what is signed and for this gateway. */
  void arrive(Want want);

  /** What came could not be that; nothing changes. */
  void refused(String why);

  /** What became of the last one, for the city; null where nothing ever came. */
  @Nullable Got got();
}

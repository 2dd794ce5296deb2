package org.kerbside.drivers.board;

/** What the board itself does to an input that nothing drives. */
enum Pull {
  UP,
  DOWN,
  OFF
}

package org.kerbside.drivers.board;

/** What a digital line is at. */
enum Level {
  LOW,
  HIGH;

  Level other() {
    return this == LOW ? HIGH : LOW;
  }
}

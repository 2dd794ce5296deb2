package org.kerbside.drivers.testkit;

/** What becomes of that which a power cut finds written and not synced. */
public enum Loss {
  /** Nothing of it: the process was killed, and the machine lives. */
  NOTHING(0),
  /** All of it. */
  UNSYNCED(0),
  /** Each write is there or not, by chance, whatever their order was. */
  REORDERED(Integer.MAX_VALUE),
  /** So is each sector of 512 bytes of each write. */
  TORN_512(512),
  /** So is each page of 4 KiB of each write. */
  TORN_4096(4096);

  /** Bytes that are written as one, at their own multiples. */
  final int whole;

  Loss(int whole) {
    this.whole = whole;
  }
}

package org.kerbside.gateway.app;

/** A fault of the gateway's own that the laws must find; as it is shipped it has none. */
enum Planted {
  NONE,
  /** Senders are told before the commit. */
  ACKNOWLEDGES_FIRST,
  /** A frame that the broker has is thrown away before the city gets it. */
  LOSES_A_FRAME,
  /** The disk takes back what it had kept. */
  FORGETS_A_COMMIT
}

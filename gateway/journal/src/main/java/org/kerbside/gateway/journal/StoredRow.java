package org.kerbside.gateway.journal;

import org.kerbside.gateway.model.Rendered;

/**
 * A frame of readings as it lies in the file.
 *
 * @param at when it was written, by the journal's own time
 */
record StoredRow(long seq, long at, Rendered rendered) {

  /** Bytes that a row costs beside its body. */
  static final int OVERHEAD = 20;

  int bytes() {
    return rendered.payload().length + OVERHEAD;
  }
}

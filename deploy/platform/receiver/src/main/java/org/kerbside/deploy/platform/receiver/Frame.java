package org.kerbside.deploy.platform.receiver;

import org.jspecify.annotations.Nullable;

/**
 * A frame by its identity.
 *
 * @param body as JSON text, inflated
 * @param gap what it explains, where it is a gap event
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, and compared by the store alone
record Frame(Place place, long seq, byte[] body, @Nullable Gap gap) {

  /**
   * What will never come, or comes thinned.
   *
   * @param of the stream meant; absent where readings never became frames
   */
  record Gap(@Nullable String of, long from, long to, String reason) {

    /** The journal itself was lost: what its epochs did not bring will never come. */
    boolean isOfWholeEpochs() {
      return of == null && reason.equals("corrupt");
    }
  }
}

package org.kerbside.gateway.desk;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Outcome;

/**
 * A command that was accepted, or refused.
 *
 * @param unfinished what it asked, as long as it has no outcome and its effect may still be seen
 * @param outcome absent while it has none, or when the process died before
 */
public record Known(
    String id, String fingerprint, @Nullable Command unfinished, @Nullable Outcome outcome) {

  /** Of one that an earlier process refused the content is not kept. */
  boolean isOf(Command command) {
    return fingerprint.isEmpty() || fingerprint.equals(command.fingerprint());
  }
}

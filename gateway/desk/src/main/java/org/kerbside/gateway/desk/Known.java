package org.kerbside.gateway.desk;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Outcome;

/**
 * A command that an earlier run accepted.
 *
 * @param outcome absent when the process died before it had one
 */
public record Known(String id, String fingerprint, @Nullable Outcome outcome) {}

package org.kerbside.gateway.journal;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Outcome;

/**
 * A command that the journal remembers, so that a repeated one gets its outcome and an interrupted
 * one can be ended.
 *
 * @param fingerprint of its content; absent when it was ended without having been accepted
 * @param unfinished its content, as long as it has no outcome and may get one that is seen
 * @param outcome its one end; absent when a crash fell between moving and recording
 */
public record Known(
    String id,
    @Nullable String fingerprint,
    @Nullable Command unfinished,
    @Nullable Outcome outcome) {}

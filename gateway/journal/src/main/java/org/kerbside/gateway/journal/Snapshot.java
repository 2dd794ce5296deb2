package org.kerbside.gateway.journal;

import org.kerbside.gateway.model.Moment;

/**
 * What a process must remember beyond its end, once its entry is kept.
 *
 * @param at the moment that it is of
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
public record Snapshot(Moment at, byte[] body) {}

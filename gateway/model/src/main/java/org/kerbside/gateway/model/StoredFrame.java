package org.kerbside.gateway.model;

/** A committed frame as the journal hands it to the drain. */
public record StoredFrame(Stream stream, long seq, Rendered rendered) {}

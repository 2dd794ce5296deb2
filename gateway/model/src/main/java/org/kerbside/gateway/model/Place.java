package org.kerbside.gateway.model;

/**
 * Where a frame stands. Seq starts at 1 in an epoch and has no holes within a stream; an equal
 * place is a repeat.
 */
public record Place(String gateway, String epoch, Stream stream, long seq) {}

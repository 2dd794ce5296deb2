package org.kerbside.rules;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * What the desk last ordered.
 *
 * @param value absent when nobody orders the point any more
 */
public record Ordered(Point point, @Nullable Value value) {}

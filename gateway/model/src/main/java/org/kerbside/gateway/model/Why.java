package org.kerbside.gateway.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One link of the chain of inputs that made an alarm or an order so.
 *
 * @param point which input
 * @param value what it was; absent when unknown
 * @param limit what it was held against, in the point's unit, where there is one
 * @param since since when it was so
 * @param age how long ago it was last heard, or ordered, when this was told; absent when never
 */
public record Why(
    Point point,
    @Nullable Value value,
    @Nullable Double limit,
    Moment since,
    @Nullable Duration age) {}

package org.kerbside.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * What a rule or a programme wants done. Goes through the same desk as a command.
 *
 * @param value what the point should become; absent to let go of it
 * @param by who, for the page and the why-chain: {@code water-burst}, {@code street-evening}
 */
public record Order(Point point, @Nullable Value value, Issuer issuer, String by) {}

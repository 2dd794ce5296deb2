package org.kerbside.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * Who holds an output now.
 *
 * @param by who: {@code crew:4711}, {@code street-evening}
 * @param until when it falls back; absent while a programme or a rule holds it
 */
public record Owner(Issuer issuer, String by, Value value, @Nullable Moment until) {}

package org.kerbside.gateway.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order from outside. Ends in exactly one {@link Outcome}.
 *
 * @param id chosen by the sender; seen again with the same content it gets the recorded outcome
 * @param op {@code set} and what later comes
 * @param point {@code asset/point} as the sender wrote it
 * @param issuer {@link Issuer#CITY} or {@link Issuer#CREW}
 * @param by who, as the sender says: {@code dispatch:zhang}
 * @param expires by the wall clock; absent is refused, {@code no-expiry}
 * @param lease how long the setting holds; absent: the site's default
 * @param fingerprint of the content without the id: another content under the same id is a conflict
 */
public record Command(
    String id,
    String op,
    String point,
    @Nullable Value value,
    Issuer issuer,
    String by,
    @Nullable Instant issued,
    @Nullable Instant expires,
    @Nullable Duration lease,
    String fingerprint) {}

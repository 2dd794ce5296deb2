package org.kerbside.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * What a person did to an alarm or an asset.
 *
 * @param by who, as the sender says: {@code crew:4711}
 * @param reason in the person's words; empty where none is asked for
 * @param until when it ends by itself; absent when it does not
 */
public record Act(Issuer issuer, String by, String reason, Moment at, @Nullable Moment until) {}

package org.kerbside.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * Who holds an output now.
 *
 * @param by who: {@code crew:4711}, {@code street-evening}
 * @param until when it falls back; absent while a programme or a rule holds it
 * @param trouble why the output does not do so, for people; absent while it does, as far as is
 *     known
 */
public record Owner(
    Issuer issuer, String by, Value value, @Nullable Moment until, @Nullable String trouble) {

  /** One whose output does what it says. */
  public Owner(Issuer issuer, String by, Value value, @Nullable Moment until) {
    this(issuer, by, value, until, null);
  }

  public Owner in(@Nullable String why) {
    return new Owner(issuer, by, value, until, why);
  }
}

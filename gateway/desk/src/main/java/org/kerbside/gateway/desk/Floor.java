package org.kerbside.gateway.desk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Value;

/**
 * The interlock {@code night-floor}: while its programme lights it, a lamp is not below the
 * programme's least light for longer than a lease of the site, in one or in several pieces. Binds
 * city and rules; safety goes before light, and a crew's lease ends by itself. Belongs to control's
 * thread.
 */
final class Floor {

  static final String NAME = "night-floor";

  private final double least;
  private final Duration lease;
  private Duration below = Duration.ZERO; // of this night
  private @Nullable Moment since; // while it is below

  Floor(double least, Duration lease) {
    this.least = least;
    this.lease = lease;
  }

  /** Whether the programme's light goes before what this owner wants. */
  boolean lifts(@Nullable Owner wish, @Nullable Owner programme, Moment now) {
    if (since != null) {
      below = below.plus(now.since(since));
      since = null;
    }
    if (programme == null || isBelow(programme.value())) {
      below = Duration.ZERO;
      return false;
    }
    if (wish == null || !binds(wish.issuer(), wish.value())) {
      return false;
    }
    if (below.compareTo(lease) >= 0) {
      return true;
    }
    since = now;
    return false;
  }

  /** Whether a command may not bring it below now. */
  boolean refuses(Issuer asker, Value value, @Nullable Owner programme) {
    return programme != null
        && !isBelow(programme.value())
        && binds(asker, value)
        && below.compareTo(lease) >= 0;
  }

  /** When the night's share of darkness is used up; null while it is not below. */
  @Nullable Moment next() {
    return since == null ? null : since.plus(lease.minus(below));
  }

  Note note(Moment now) {
    var all = since == null ? below : below.plus(now.since(since));
    return all.isZero() ? new Note() : new Note().put("below", all);
  }

  void recall(Note note) {
    var known = note.span("below");
    below = known == null ? Duration.ZERO : known;
  }

  private boolean binds(Issuer issuer, Value value) {
    return isBelow(value)
        && switch (issuer) {
          case CITY, RULES -> true;
          case SAFETY, CREW, PROGRAMME -> false;
        };
  }

  /** A switch is below when it is off, whatever the least light. */
  private boolean isBelow(Value value) {
    return value instanceof Value.Num(var share) ? share < least : !Trait.isOn(value);
  }
}

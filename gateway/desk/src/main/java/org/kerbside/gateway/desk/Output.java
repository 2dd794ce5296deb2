package org.kerbside.gateway.desk;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/** One output: who wants what of it. The highest issuer has it. Belongs to control's thread. */
final class Output {

  private final Point point;
  private final Map<Issuer, Owner> wishes = new EnumMap<>(Issuer.class);
  private @Nullable Value ordered; // what was last moved; lives as long as the process
  private @Nullable Moment again; // while a refused move waits to be tried again

  Output(Point point) {
    this.point = point;
  }

  Point point() {
    return point;
  }

  void hold(Owner wish) {
    wishes.put(wish.issuer(), wish);
  }

  void release(Issuer issuer) {
    wishes.remove(issuer);
  }

  @Nullable Owner owner() {
    // Issuers are declared highest first, and an EnumMap keeps that order.
    return wishes.values().stream().findFirst().orElse(null);
  }

  /** The last move was not made: it is due again, not before {@code retry}. */
  void undone(Moment retry) {
    ordered = null;
    again = retry;
  }

  /** Lets go of every wish whose lease has ended. */
  void expire(Moment now) {
    if (again != null && !now.isBefore(again)) {
      again = null;
    }
    wishes.values().removeIf(wish -> wish.until() != null && !now.isBefore(wish.until()));
  }

  @Nullable Moment nextEnd() {
    return Stream.concat(wishes.values().stream().map(Owner::until), Stream.ofNullable(again))
        .filter(end -> end != null)
        .min(Comparator.comparing(Moment::sinceBoot))
        .orElse(null);
  }

  /** The value that it must be moved to now; null when it is there already. */
  @Nullable Value due(@Nullable Value safe) {
    var owner = owner();
    Value wanted = owner == null ? safe : owner.value();
    if (wanted == null || wanted.equals(ordered) || again != null) {
      return null;
    }
    ordered = wanted;
    return wanted;
  }

  @Nullable Value ordered() {
    return ordered;
  }
}

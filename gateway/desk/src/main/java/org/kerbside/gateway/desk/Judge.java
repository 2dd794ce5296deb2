package org.kerbside.gateway.desk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Value;

/**
 * Whether a command may move anything at this moment. Asked twice: when it comes, and again when
 * its id is durable.
 */
final class Judge {

  /** No setting from outside holds longer. */
  static final Duration LONGEST_LEASE = Duration.ofHours(24);

  /** In front of the name of what holds an output. */
  static final String INTERLOCK = "interlock:";

  private Judge() {}

  /**
   * Why nothing moves; null when it may.
   *
   * @param point absent when the site has none of that name
   * @param output absent when nobody moves that point
   */
  static @Nullable Outcome refuses(
      Command command, @Nullable Point point, @Nullable Output output, Moment now) {
    var late = refusesTime(command, now);
    if (late != null) {
      return late;
    }
    if (command.isHandling()) {
      return null; // The rules know whether there is such an alarm or asset.
    }
    if (point == null) {
      return new Outcome.Rejected("unknown-point");
    }
    var value = command.value();
    if (output == null || !command.op().equals("set") || value == null || !isFit(point, value)) {
      return new Outcome.Rejected("not-allowed");
    }
    if (command.lease() != null && !isLease(command.lease())) {
      return new Outcome.Rejected("lease");
    }
    var interlock = output.refuses(command.issuer(), value, now);
    return interlock == null
        ? refusesRank(command.issuer(), output)
        : new Outcome.Rejected(INTERLOCK + interlock);
  }

  /** A city's expiry is by the wall clock, so without one it cannot be judged. */
  private static @Nullable Outcome refusesTime(Command command, Moment now) {
    if (command.issuer() == Issuer.CITY && command.expires() == null) {
      return new Outcome.Rejected("no-expiry");
    }
    if (command.issuer() == Issuer.CITY && now.clock() == ClockQuality.NONE) {
      return new Outcome.Rejected("clock");
    }
    return command.expires() != null && !now.wall().isBefore(command.expires())
        ? new Outcome.Expired()
        : null;
  }

  private static @Nullable Outcome refusesRank(Issuer issuer, Output output) {
    var owner = output.wish();
    if (owner == null || !owner.issuer().outranks(issuer)) {
      return null;
    }
    return new Outcome.Rejected(
        owner.issuer() == Issuer.SAFETY ? INTERLOCK + owner.by() : "not-allowed");
  }

  private static boolean isLease(Duration lease) {
    return lease.isPositive() && lease.compareTo(LONGEST_LEASE) <= 0;
  }

  private static boolean isFit(Point point, Value value) {
    return switch (value) {
      case Value.Num(var number) ->
          point.spec().type() == PointType.NUM
              && number >= point.spec().min()
              && number <= point.spec().max();
      case Value.Flag flag -> point.spec().type() == PointType.FLAG;
      case Value.State(var word) -> point.spec().words().contains(word);
    };
  }
}

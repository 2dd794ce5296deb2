package org.kerbside.gateway.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order from outside. Ends in exactly one {@link Outcome}.
 *
 * @param id chosen by the sender; seen again with the same content it gets the recorded outcome
 * @param op {@code set}; {@code ack}, {@code shelve}, {@code unshelve}; {@code maintenance}; {@code
 *     did}: the crew's word, as its value
 * @param point as the sender wrote it: a point for {@code set}, an asset for {@code maintenance}
 *     and {@code did}, else an alarm
 * @param issuer {@link Issuer#CITY} or {@link Issuer#CREW}
 * @param by who, as the sender says: {@code dispatch:zhang}
 * @param reason in the sender's words; empty where none is given
 * @param expires by the wall clock; absent is refused, {@code no-expiry}
 * @param lease how long the setting, the shelving, the maintenance holds; absent: the site's
 *     default, where there is one
 * @param fingerprint of the content without the id: another content under the same id is a conflict
 */
public record Command(
    String id,
    String op,
    String point,
    @Nullable Value value,
    Issuer issuer,
    String by,
    String reason,
    @Nullable Instant issued,
    @Nullable Instant expires,
    @Nullable Duration lease,
    String fingerprint) {

  private static final Set<String> HANDLING =
      Set.of("ack", "shelve", "unshelve", "maintenance", "did");

  /** One that gives no reason. */
  public Command(
      String id,
      String op,
      String point,
      @Nullable Value value,
      Issuer issuer,
      String by,
      @Nullable Instant issued,
      @Nullable Instant expires,
      @Nullable Duration lease,
      String fingerprint) {
    this(id, op, point, value, issuer, by, "", issued, expires, lease, fingerprint);
  }

  /**
   * One of somebody on the spot; whoever takes it says when it was asked and when it expires.
   *
   * @param id chosen anew for each: sent again with other content it is a conflict
   */
  public static Command ofCrew(
      String id,
      String op,
      String point,
      @Nullable Value value,
      String by,
      String reason,
      @Nullable Duration lease) {
    var content = "%s|%s|%s|%s|%s".formatted(op, point, value, lease, reason);
    return new Command(id, op, point, value, Issuer.CREW, by, reason, null, null, lease, content);
  }

  /** The same, as asked now. */
  public Command dated(Instant now, Instant end) {
    return new Command(id, op, point, value, issuer, by, reason, now, end, lease, fingerprint);
  }

  /** Whether it moves nothing and is about an alarm or an asset, which the rules know. */
  public boolean isHandling() {
    return HANDLING.contains(op);
  }
}

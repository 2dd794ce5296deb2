package org.kerbside.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one end of a command. */
public sealed interface Outcome {

  /** What {@link #word} says of all that there are. */
  List<String> WORDS = List.of("done", "rejected", "failed", "expired");

  /** As the contract writes it. */
  default String word() {
    return switch (this) {
      case Done _ -> "done";
      case Rejected _ -> "rejected";
      case Failed _ -> "failed";
      case Expired _ -> "expired";
    };
  }

  /** It was done; {@code observed} is what the point showed afterwards. */
  record Done(@Nullable Value observed) implements Outcome {}

  /**
   * Nothing moved.
   *
   * @param reason one word of the contract: {@code no-expiry}, {@code retained}, {@code
   *     unknown-point}, {@code not-allowed}, {@code interlock:<name>}, {@code lease}, {@code
   *     conflict}, {@code busy}, {@code clock}, {@code storage}
   */
  record Rejected(String reason) implements Outcome {}

  /**
   * It moved, or may have; the effect was not seen.
   *
   * @param reason {@code not observed}; {@code superseded}, another has the output by now; {@code
   *     interlock:<name>}, which came on meanwhile; {@code interrupted}, a crash fell between
   *     moving and recording and the point does not show it
   */
  record Failed(String reason) implements Outcome {}

  /** Its time had passed before it could be done. */
  record Expired() implements Outcome {}
}

package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Severity;

/** What people have done by the page, each by one command of the contract. */
enum Deed {
  ACK("ack"),
  SHELVE("shelve"),
  UNSHELVE("unshelve"),
  MAINTENANCE("maintenance"),
  MAINTENANCE_END("maintenance"),
  EMPTIED("did"),
  CLEANED("did"),
  /** What people should know of an asset, in the crew's own words. */
  NOTE("did"),
  /** An output is moved for half a minute, to see that it does. */
  TEST("set"),
  /** A test is ended before its time. */
  STOP("set");

  /** How long a test holds. */
  static final Duration TEST_LEASE = Duration.ofSeconds(30);

  private final String op;

  Deed(String op) {
    this.op = op;
  }

  /** The contract's word for its command. */
  String op() {
    return op;
  }

  /** As addresses and words have it: {@code maintenance-end}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** By its word; null when there is none. */
  static @Nullable Deed of(@Nullable String word) {
    for (var deed : values()) {
      if (deed.word().equals(word)) {
        return deed;
      }
    }
    return null;
  }

  /** What a crew says that it did to an asset of that kind. */
  static List<Deed> of(Kind kind) {
    var deeds = new ArrayList<Deed>();
    switch (kind.name()) {
      case "bin" -> deeds.add(EMPTIED);
      case "toilet" -> deeds.add(CLEANED);
      default -> {}
    }
    return deeds;
  }

  /** What moves something asks for more than a tap. */
  DeedForm.Firmness firmness() {
    return switch (this) {
      case TEST -> DeedForm.Firmness.HOLD;
      case ACK, SHELVE, UNSHELVE, MAINTENANCE, MAINTENANCE_END, EMPTIED, CLEANED, NOTE, STOP ->
          DeedForm.Firmness.TAP;
    };
  }

  /** An emergency is never silenced, and an SOS is one. */
  static boolean isShelvable(Alarm alarm) {
    return alarm.severity() != Severity.EMERGENCY;
  }

  /** The reasons to choose from, by their keys; empty where none is asked for. */
  List<String> reasons() {
    return switch (this) {
      case ACK -> List.of("going", "done", "emptied", "false");
      case SHELVE -> List.of("swap", "works", "known", "false");
      case MAINTENANCE -> List.of("cleaning", "repair", "works", "swap");
      case UNSHELVE, MAINTENANCE_END, EMPTIED, CLEANED, NOTE, TEST, STOP -> List.of();
    };
  }

  /** Whether it is said in words of one's own. */
  boolean isWritten() {
    return this == NOTE;
  }

  /** For how long, to choose from; empty where it has no end or a fixed one. */
  List<Duration> lengths() {
    return switch (this) {
      case SHELVE, MAINTENANCE ->
          List.of(
              Duration.ofHours(2),
              Duration.ofMinutes(30),
              Duration.ofHours(4),
              Duration.ofHours(8));
      case ACK, UNSHELVE, MAINTENANCE_END, EMPTIED, CLEANED, NOTE, TEST, STOP -> List.of();
    };
  }
}

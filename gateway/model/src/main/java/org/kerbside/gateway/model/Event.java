package org.kerbside.gateway.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Anything that goes up and is no plain reading. */
public sealed interface Event {

  Moment at();

  /**
   * An alarm's life: one change of it.
   *
   * @param act what a person did to make it so; absent when nobody did anything
   * @param effects ids of the alarms that this one explains, a hundred at most
   * @param untold how many changes before this one were not told, because the alarm flaps
   */
  record AlarmChanged(
      Moment at, Change change, Alarm alarm, @Nullable Act act, List<String> effects, int untold)
      implements Event {

    public AlarmChanged {
      effects = List.copyOf(effects);
    }

    /** What happened to the alarm (ISA-18.2). */
    public enum Change {
      RAISED,
      UPDATED,
      ACKNOWLEDGED,
      SHELVED,
      UNSHELVED,
      CLEARED;

      /** As the contract writes it: {@code raised}, {@code updated}, {@code cleared}. */
      public String word() {
        return switch (this) {
          case RAISED -> "raised";
          case UPDATED -> "updated";
          case ACKNOWLEDGED -> "acknowledged";
          case SHELVED -> "shelved";
          case UNSHELVED -> "unshelved";
          case CLEARED -> "cleared";
        };
      }
    }
  }

  /**
   * Who did what, where it is no alarm's change and no command's outcome.
   *
   * @param what {@code maintenance}, {@code maintenance-ended}; the crew's word: {@code emptied},
   *     {@code cleaned}; at the page {@code login}, {@code logout}; after too many wrong codes
   *     {@code locked}: a client, {@code closed}: everybody; {@code unsigned}: a command that was
   *     refused for its signature
   * @param subject the asset; at the page the client's address; of a command its point
   * @param act absent when it came by itself
   */
  record Audit(Moment at, String what, String subject, @Nullable Act act) implements Event {}

  /**
   * Something was learned of an asset on the spot: the record of a calibration, or of a device that
   * took another's place.
   *
   * @param what {@code calibrated}, {@code bound}
   * @param set its settings as people write them: {@code empty → 118cm}, {@code at → rs485-a/33}
   * @param was the same before, as far as there was something
   * @param by who says so
   */
  record Commission(
      Moment at,
      String what,
      String asset,
      SequencedMap<String, String> set,
      SequencedMap<String, String> was,
      String by)
      implements Event {

    public Commission {
      set = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(set));
      was = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(was));
    }
  }

  /**
   * A closed day of a figure that the city is asked about.
   *
   * @param kpi which: {@code lighting-rate}
   * @param period the day that it began on: {@code 2026-10-03}
   * @param good how much was as it should be: minutes, assets or litres, as the figure has it
   * @param bad how much was not
   * @param unknown how much nobody knows; neither of the two
   * @param limit what is asked for; absent: nothing
   * @param source where that comes from: {@code seed}, {@code default}
   */
  record Kpi(
      Moment at,
      String kpi,
      String period,
      long good,
      long bad,
      long unknown,
      @Nullable Double limit,
      String source)
      implements Event {

    private static final double MOST_UNKNOWN = 0.05; // the city's own bound for a lighting rate

    /** Whether enough is known for the figure to mean something. */
    public boolean isValid() {
      return unknown <= MOST_UNKNOWN * (good + bad + unknown);
    }
  }

  /** A command's one end. */
  record Result(Moment at, String command, Outcome outcome) implements Event {}

  /**
   * Readings or frames that will never come, or come thinned.
   *
   * @param of the stream whose frames are meant, or absent where readings never became frames
   * @param from first seq concerned; 0 where readings never became frames
   * @param to last seq concerned; what lies between and does not come is explained by this
   * @param reason {@code quota}, {@code budget}, {@code corrupt}, {@code power}, {@code intake}, or
   *     {@code refused}: the city's broker would not take it. Where that is a frame that stands for
   *     others, in a span that was told of before, something of all that span is missing
   * @param instead what replaces them
   * @param readings how many readings; 0 when unknown
   */
  record Gap(
      Moment at,
      @Nullable Stream of,
      long from,
      long to,
      String reason,
      Instead instead,
      @Nullable Instant first,
      @Nullable Instant last,
      long readings)
      implements Event {}

  /**
   * A fact that no rule judges.
   *
   * @param what a stable word: {@code malformed}, {@code unknown-point}, {@code nobody-listens}
   * @param subject the device, bus or connection it is about
   * @param detail for people, one line each
   */
  record Health(Moment at, String what, String subject, List<String> detail) implements Event {
    public Health {
      detail = List.copyOf(detail);
    }
  }

  /** The wall clock became known, or jumped. */
  record Clock(Moment at, Shift shift) implements Event {

    /** What happened to the wall clock. */
    public sealed interface Shift {

      /**
       * It is known from here on.
       *
       * @param zero the wall's time when this process started: what its boot-relative times count
       *     from
       */
      record Mapped(Instant zero) implements Shift {}

      /**
       * The board's wall clock jumped.
       *
       * @param by forward when positive
       */
      record Stepped(Duration by, Followed followed) implements Shift {}
    }

    /** Whether the times that the gateway tells jumped as well. */
    public enum Followed {
      YES,
      NO
    }
  }
}

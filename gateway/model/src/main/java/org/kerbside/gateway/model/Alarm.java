package org.kerbside.gateway.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a rule raised; one per (asset, rule), as ISA-18.2 has it: raised or cleared,
 * acknowledged or not, shelved or not. It is gone when it is cleared and acknowledged.
 *
 * @param asset the asset's id
 * @param rule the rule's name
 * @param ruleVersion changes when the rule's meaning does
 * @param latch who must have seen it before it goes
 * @param since when it was raised
 * @param hold how long its condition had to last for that
 * @param why the inputs at the last change
 * @param text what it says to people, by language tag: {@code zh-CN}, {@code en}
 * @param labels the asset's labels, the {@code source} of the rule's thresholds, and its {@code
 *     matter} and {@code standardRef}, where given
 */
public record Alarm(
    String asset,
    String rule,
    String ruleVersion,
    Severity severity,
    State state,
    Latch latch,
    Care care,
    Moment since,
    Duration hold,
    List<Why> why,
    Map<String, String> text,
    Map<String, String> labels) {

  /** Whether the condition stands. */
  public enum State {
    RAISED,
    /** The condition is gone; the alarm stands until a person has seen to it. */
    LATCHED,
    /** Gone, and nobody has acknowledged that it was there, or it is shelved. */
    CLEARED;

    /** As the contract writes it: {@code raised}, {@code latched}, {@code cleared}. */
    public String word() {
      return switch (this) {
        case RAISED -> "raised";
        case LATCHED -> "latched";
        case CLEARED -> "cleared";
      };
    }
  }

  /** Whether it goes by itself once its condition is gone. */
  public enum Latch {
    NONE,
    /** Only after a person, wherever, has acknowledged it. */
    PERSON,
    /** Only after the crew at the cabinet has acknowledged it. */
    CABINET
  }

  /**
   * What people and other alarms have made of it.
   *
   * @param acknowledged who has seen it; absent when nobody has
   * @param shelved who wants to hear nothing of it until when; absent when nobody
   * @param cause the id of the alarm that explains this one; absent when none does
   */
  public record Care(@Nullable Act acknowledged, @Nullable Act shelved, @Nullable String cause) {

    public static final Care NONE = new Care(null, null, null);

    public Care acknowledged(@Nullable Act act) {
      return new Care(act, shelved, cause);
    }

    public Care shelved(@Nullable Act act) {
      return new Care(acknowledged, act, cause);
    }

    public Care causedBy(@Nullable String alarm) {
      return new Care(acknowledged, shelved, alarm);
    }
  }

  public Alarm {
    why = List.copyOf(why);
    text = Map.copyOf(text);
    labels = Map.copyOf(labels);
  }

  /** Unique in the site: {@code bin-2/bin-overflow}. */
  public String id() {
    return asset + "/" + rule;
  }

  /** Whether its condition stands, or it is latched. */
  public boolean isActive() {
    return state != State.CLEARED;
  }

  /** Whether it asks for people: active, not shelved, and no other alarm explains it. */
  public boolean isAnnounced() {
    return isActive() && care.shelved() == null && care.cause() == null;
  }

  public Alarm with(State changed) {
    return new Alarm(
        asset, rule, ruleVersion, severity, changed, latch, care, since, hold, why, text, labels);
  }

  public Alarm with(Care changed) {
    return new Alarm(
        asset, rule, ruleVersion, severity, state, latch, changed, since, hold, why, text, labels);
  }
}

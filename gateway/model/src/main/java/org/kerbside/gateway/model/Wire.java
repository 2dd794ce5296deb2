package org.kerbside.gateway.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames to bytes and back, by the MQTT contract. Thread-safe. */
public interface Wire {

  Rendered render(Frame frame);

  /** The readings with a value in a frame of {@link Stream#READINGS}, as rendered. */
  List<Told> readings(Rendered frame);

  /** Everything that a frame of {@link Stream#READINGS} tells. */
  Contents contents(Rendered frame);

  /** A frame of readings that other frames told before. */
  Rendered retold(Place place, Contents contents);

  /** A frame of an epoch that was lost, at a new place; it says where it stood before. */
  Rendered moved(StoredFrame frame, Place place);

  /**
   * How an audit event hangs on the one before it.
   *
   * @return absent for other events, and for what was {@link #moved} from an epoch that was lost
   */
  @Nullable Link link(Rendered frame);

  /**
   * A link of the chain of audit events: SHA-256, 64 hexadecimal digits.
   *
   * @param before of the event before it
   * @param own of all that this one tells, {@code before} included, wherever it stands
   */
  record Link(String before, String own) {}

  /** A reading as a frame told it: enough to know a redelivered one again. */
  record Told(String point, Instant at, Value value) {}

  /**
   * What a frame says beside its place.
   *
   * @param boot the start that its times count from; absent when they are of the wall clock
   * @param thin what its readings were thinned to; absent when they are whole
   */
  record Contents(
      ClockQuality clock, @Nullable Boot boot, @Nullable Instead thin, List<Line> lines) {
    public Contents {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A start of the gateway during which nobody knew the time.
   *
   * @param name eight random characters
   * @param up how long after it the frame was made
   */
  record Boot(String name, Duration up) {}

  /**
   * One line of a frame: a reading, or the mean of several.
   *
   * @param unit its SenML symbol; empty where the value has none
   * @param at by the wall clock, or as long after 1970 as after the frame's boot
   * @param value absent exactly when the reading is bad
   * @param why the reason of less than good; absent when it is good
   * @param readings how many it is the mean of; 1 for a reading itself
   */
  record Line(
      String point,
      String unit,
      Instant at,
      @Nullable Value value,
      @Nullable String why,
      long readings) {}
}

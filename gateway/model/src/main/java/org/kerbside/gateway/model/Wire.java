package org.kerbside.gateway.model;

import java.time.Instant;
import java.util.List;

/** Frames to bytes and back, by the MQTT contract. Thread-safe. */
public interface Wire {

  Rendered render(Frame frame);

  /** The readings with a value in a frame of {@link Stream#READINGS}, as rendered. */
  List<Told> readings(Rendered frame);

  /** A reading as a frame told it: enough to know a redelivered one again. */
  record Told(String point, Instant at, Value value) {}
}

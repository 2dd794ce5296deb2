package org.kerbside.rules;

import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;

/**
 * How far a counter went since people said that they did something; before they ever did, since it
 * was first heard. What it gained while nobody looked counts.
 */
final class Count implements Window {

  /** On a 64-bit machine with compressed pointers. */
  static final int BYTES = 32;

  private double gained;
  private double last = Double.NaN; // the last that was known

  /** They said so. */
  void begin() {
    gained = 0;
  }

  @Override
  public void take(long now, double value) {
    if (!Double.isNaN(value)) {
      gained += news(value);
      last = value;
    }
  }

  @Override
  public double value(Measure measure, long now, double current) {
    return gained + news(current);
  }

  private double news(double value) {
    boolean isFirst = Double.isNaN(last) && !Double.isNaN(value);
    return isFirst ? 0 : Math.max(0, value - last); // NaN stays NaN
  }

  @Override
  public long next(Measure measure, long now, long midnight) {
    return NEVER;
  }

  @Override
  public void age(long nanos) {}

  @Override
  public Note note() {
    return new Note().put("gained", gained).put("last", last);
  }

  @Override
  public void recall(Note note, Bridge bridge) {
    gained = WindowNote.orZero(note.real("gained"));
    last = WindowNote.orNan(note.real("last"));
  }
}

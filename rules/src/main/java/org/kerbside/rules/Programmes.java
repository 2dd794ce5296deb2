package org.kerbside.rules;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;

/**
 * What every output of the site does when nobody orders otherwise: {@code (memory, readings, now) →
 * (memory, orders, events)}. Driven by change: a reading that a programme looks at asks it anew, as
 * does the time of its next step. Itself immutable.
 */
public final class Programmes {

  /** What programmes remember. Changed in place; belongs to the thread that hands it in. */
  public static final class Memory {
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private final Map<Point, Reading> seen = new HashMap<>();
    private @Nullable Moment known; // the last moment at which the time was known
    private boolean isAsked = true;

    private Memory(List<Programme> programmes) {
      programmes.forEach(programme -> courses.put(programme.name(), programme.start()));
    }

    /** Whether something came that may change what they say. */
    public boolean isAsked() {
      return isAsked;
    }
  }

  private final List<Programme> programmes;
  private final BitSet inputs = new BitSet();
  private final BitSet outputs = new BitSet();

  /**
   * @param inputs the points that they look at
   */
  Programmes(List<Programme> programmes, List<Point> inputs) {
    this.programmes = List.copyOf(programmes);
    inputs.forEach(point -> this.inputs.set(point.index()));
    for (var programme : programmes) {
      if (programme instanceof Watering) {
        programme.outputs().forEach(point -> outputs.set(point.index()));
      }
    }
  }

  public Memory start() {
    return new Memory(programmes);
  }

  /** What must not be forgotten with the process: what was watered today, by programme. */
  public Note note(Memory memory) {
    var note = new Note();
    memory.courses.forEach((name, course) -> note.put(name, course.note()));
    return note;
  }

  /** A memory that goes on where an earlier process ended. */
  public Memory recall(Note note, Moment now) {
    var memory = start();
    memory.courses.forEach((name, course) -> course.recall(note.note(name), now));
    return memory;
  }

  /** The least light that a programme ever gives, by the lamp's output; a ratio from 0 to 1. */
  public Map<Point, Double> floors() {
    var floors = new HashMap<Point, Double>();
    for (var programme : programmes) {
      if (programme instanceof Lighting lighting && lighting.nights().floor() != null) {
        lighting.outputs().forEach(output -> floors.put(output, lighting.nights().floor()));
      }
    }
    return floors;
  }

  /** Takes a reading that enters a frame. */
  public void hear(Memory memory, Reading reading) {
    if (inputs.get(reading.point().index())) {
      memory.seen.put(reading.point(), reading);
      memory.isAsked = true;
    }
  }

  /** Takes that the desk moved an output: a zone's time counts while its valve is open. */
  public void hear(Memory memory, Ordered ordered) {
    memory.isAsked |= outputs.get(ordered.point().index());
  }

  /**
   * What outputs do now.
   *
   * @param rules what the rules saw, for conditions
   */
  public Plan decide(Memory memory, org.kerbside.rules.Memory rules, Moment now) {
    memory.isAsked = false;
    if (now.clock() != ClockQuality.NONE) {
      memory.known = now;
    }
    var look = new Look(now, memory.seen, rules, memory.known);
    var draft = new Draft(now);
    memory.courses.values().forEach(course -> course.decide(look, draft));
    return draft.plan();
  }
}

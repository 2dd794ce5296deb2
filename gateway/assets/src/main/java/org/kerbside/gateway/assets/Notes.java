package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Value;

/** A memo's numbers, words and times by name, on their way into a snapshot or out of it. */
final class Notes {

  private final Note note;
  private final @Nullable Bridge bridge; // absent on the way in

  Notes() {
    note = new Note();
    bridge = null;
  }

  Notes(Note note, Bridge bridge) {
    this.note = note;
    this.bridge = bridge;
  }

  Note note() {
    return note;
  }

  /** An absent number, NaN, stays absent. */
  Notes put(String name, double number) {
    if (!Double.isNaN(number)) {
      note.put(name, new Value.Num(number));
    }
    return this;
  }

  Notes put(String name, long number) {
    note.put(name, number);
    return this;
  }

  Notes put(String name, Enum<?> word) {
    note.put(name, word);
    return this;
  }

  Notes time(String name, @Nullable Duration sinceBoot) {
    note.put(name, sinceBoot);
    return this;
  }

  Set<String> names() {
    return note.facts().keySet();
  }

  /** The number of that name, NaN where there is none. */
  double number(String name) {
    var number = note.real(name);
    return number == null ? Double.NaN : number;
  }

  /** The whole number of that name, 0 where there is none. */
  long whole(String name) {
    return note.whole(name);
  }

  /** The constant of that name; {@code fallback} where there is none, or no longer. */
  <E extends Enum<E>> E word(String name, E fallback) {
    var word = note.word(name, fallback.getDeclaringClass());
    return word == null ? fallback : word;
  }

  /** A time since boot, on this process's scale. */
  @Nullable Duration time(String name) {
    return bridge == null ? note.span(name) : note.up(name, bridge);
  }
}

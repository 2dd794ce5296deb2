package org.kerbside.gateway.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A memory as plain data by names, on its way into a snapshot or out of one. Each room writes its
 * own and reads it again; what it does not find is as if it had never been. Times are of the
 * process that wrote them: {@link Bridge} brings them over. Not thread-safe until it is written.
 */
public final class Note {

  /** What stands under a name. */
  public sealed interface Fact {

    record Text(String text) implements Fact {}

    record Whole(long number) implements Fact {}

    /** NaN only in a row, where it keeps a place: not known. */
    record Real(double number) implements Fact {}

    record Flag(boolean flag) implements Fact {}

    record One(Note note) implements Fact {}

    /** Facts without names: each means what its place says. */
    record Row(List<Fact> facts) implements Fact {
      public Row {
        facts = List.copyOf(facts);
      }
    }
  }

  private final Map<String, Fact> facts = new LinkedHashMap<>();

  /** In the order in which they were put. */
  public Map<String, Fact> facts() {
    return Collections.unmodifiableMap(facts);
  }

  public boolean isEmpty() {
    return facts.isEmpty();
  }

  public Note put(String name, @Nullable Fact fact) {
    if (fact != null) {
      facts.put(name, fact);
    }
    return this;
  }

  public Note put(String name, @Nullable String text) {
    return put(name, text == null ? null : new Fact.Text(text));
  }

  /** 0 is left out: that is what is read where there is none. */
  public Note put(String name, long number) {
    return number == 0 ? this : put(name, new Fact.Whole(number));
  }

  /** What is not so is left out. */
  public Note put(String name, boolean flag) {
    return flag ? put(name, new Fact.Flag(true)) : this;
  }

  /** What is no number is left out. */
  public Note put(String name, double number) {
    return Double.isNaN(number) ? this : put(name, new Fact.Real(number));
  }

  public Note put(String name, Note note) {
    return put(name, new Fact.One(note));
  }

  /** No notes are left out. */
  public Note put(String name, List<Note> notes) {
    return notes.isEmpty()
        ? this
        : put(name, new Fact.Row(notes.stream().<Fact>map(Fact.One::new).toList()));
  }

  public Note put(String name, @Nullable Enum<?> word) {
    return put(name, word == null ? null : word.name());
  }

  public Note put(String name, @Nullable Duration span) {
    return put(name, span == null ? null : new Fact.Whole(span.toNanos()));
  }

  public Note put(String name, @Nullable Value value) {
    return put(
        name,
        switch (value) {
          case null -> null;
          case Value.Num(var number) -> new Fact.Real(number);
          case Value.Flag(var flag) -> new Fact.Flag(flag);
          case Value.State(var word) -> new Fact.Text(word);
        });
  }

  public Note put(String name, @Nullable Moment moment) {
    if (moment == null) {
      return this;
    }
    var wall = moment.wall();
    return put(
        name,
        new Fact.Row(
            List.of(
                new Fact.Whole(moment.sinceBoot().toNanos()),
                new Fact.Whole(wall.getEpochSecond()),
                new Fact.Whole(wall.getNano()),
                new Fact.Text(moment.clock().name()))));
  }

  /** A moment that mostly is the usual one, which stands elsewhere: then only that is said. */
  public Note put(String name, @Nullable Moment moment, Moment usual) {
    return usual.equals(moment) ? put(name, true) : put(name, moment);
  }

  /** A reading, but for its point: the name says which. */
  public Note put(String name, @Nullable Reading reading) {
    return reading == null
        ? this
        : put(
            name,
            new Note()
                .put("value", reading.value())
                .put("why", reason(reading.quality()))
                .put("at", reading.at())
                .put("timing", reading.timing()));
  }

  private static @Nullable String reason(Quality quality) {
    return switch (quality) {
      case Quality.Good() -> null;
      case Quality.Uncertain(var reason) -> reason.text();
      case Quality.Bad(var reason) -> reason.text();
    };
  }

  public @Nullable String text(String name) {
    return facts.get(name) instanceof Fact.Text(var text) ? text : null;
  }

  /** Its texts by their names, in their order. */
  public SequencedMap<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    facts.forEach(
        (name, fact) -> {
          if (fact instanceof Fact.Text(var text)) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  /** 0 where there is none. */
  public long whole(String name) {
    return facts.get(name) instanceof Fact.Whole(var number) ? number : 0;
  }

  /** False where there is none. */
  public boolean flag(String name) {
    return facts.get(name) instanceof Fact.Flag(var flag) && flag;
  }

  public @Nullable Double real(String name) {
    return facts.get(name) instanceof Fact.Real(var number) ? number : null;
  }

  /** An empty one where there is none. */
  public Note note(String name) {
    return facts.get(name) instanceof Fact.One(var note) ? note : new Note();
  }

  /** Empty where there is none. */
  public List<Fact> row(String name) {
    return facts.get(name) instanceof Fact.Row(var row) ? row : List.of();
  }

  /** The notes of a row; empty where there is none. */
  public List<Note> notes(String name) {
    return row(name).stream()
        .map(fact -> fact instanceof Fact.One(var note) ? note : new Note())
        .toList();
  }

  /** The word of an enum; null where there is none, or one of another version's. */
  public <E extends Enum<E>> @Nullable E word(String name, Class<E> of) {
    return constant(text(name), of);
  }

  private static <E extends Enum<E>> @Nullable E constant(@Nullable String word, Class<E> of) {
    for (var constant : of.getEnumConstants()) {
      if (constant.name().equals(word)) {
        return constant;
      }
    }
    return null;
  }

  public @Nullable Duration span(String name) {
    return facts.get(name) instanceof Fact.Whole(var nanos) ? Duration.ofNanos(nanos) : null;
  }

  public @Nullable Value value(String name) {
    return switch (facts.get(name)) {
      case null -> null;
      case Fact.Real(var number) -> new Value.Num(number);
      case Fact.Flag(var flag) -> Value.Flag.of(flag);
      case Fact.Text(var word) -> new Value.State(word);
      case Fact.Whole whole -> null;
      case Fact.One one -> null;
      case Fact.Row row -> null;
    };
  }

  /** A time since boot, on this process's scale. */
  public @Nullable Duration up(String name, Bridge bridge) {
    var up = span(name);
    return up == null ? null : bridge.over(up);
  }

  /** A moment of the process that wrote it. */
  public @Nullable Moment moment(String name) {
    var row = row(name);
    if (row.size() == 4
        && row.get(0) instanceof Fact.Whole(var up)
        && row.get(1) instanceof Fact.Whole(var seconds)
        && row.get(2) instanceof Fact.Whole(var nanos)
        && row.get(3) instanceof Fact.Text(var word)) {
      var clock = constant(word, ClockQuality.class);
      var wall = Instant.ofEpochSecond(seconds, nanos);
      return clock == null ? null : new Moment(wall, clock, Duration.ofNanos(up));
    }
    return null;
  }

  public @Nullable Moment moment(String name, Bridge bridge) {
    var moment = moment(name);
    return moment == null ? null : bridge.over(moment);
  }

  /** As it was put beside a usual one. */
  public @Nullable Moment moment(String name, Moment usual, Bridge bridge) {
    return flag(name) ? usual : moment(name, bridge);
  }

  public @Nullable Reading reading(String name, Point point, Bridge bridge) {
    var note = note(name);
    var at = note.moment("at", bridge);
    var timing = note.word("timing", Reading.Timing.class);
    var value = note.value("value");
    var why = note.text("why");
    if (at == null || timing == null || (value == null && why == null)) {
      return null;
    }
    var quality =
        why == null
            ? Quality.GOOD
            : value == null
                ? new Quality.Bad(new Reason(why))
                : new Quality.Uncertain(new Reason(why));
    return new Reading(point, value, quality, at, timing);
  }
}

package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/** A step with what it remembers. Belongs to the memory that it is in. */
final class Cell<M extends Step.Memo> {

  private final Step<M> step;
  private M memo;
  private @Nullable Duration due;

  private Cell(Step<M> step) {
    this.step = step;
    memo = step.start();
  }

  static <M extends Step.Memo> Cell<M> of(Step<M> step) {
    return new Cell<>(step);
  }

  String thing() {
    return step.thing().toString();
  }

  /** When it wants to be woken, since boot; null when it does not. */
  @Nullable Duration due() {
    return due;
  }

  void follow(@Nullable Reading input, Turn turn) {
    memo = step.follow(memo, input, turn);
    due = step.wake(memo);
  }

  void late(Reading input, Turn turn) {
    step.late(memo, input, turn);
  }

  SortedMap<String, Value> noted(Moment now) {
    var notes = new Notes(now);
    memo.note(notes);
    return notes.values();
  }

  void recall(SortedMap<String, Value> values, Moment now) {
    memo = step.recall(new Notes(now, new TreeMap<>(values)));
    due = step.wake(memo);
  }
}

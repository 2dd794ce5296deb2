package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Reading;

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

  boolean asksForWorks() {
    return step.asksForWorks();
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

  Note noted() {
    var notes = new Notes();
    memo.note(notes);
    return notes.note();
  }

  /** Goes on with what was noted, if anything was, and with what frames told after it. */
  void recall(Note note, Bridge bridge, Step.Latest latest) {
    var noted = note.isEmpty() ? memo : step.recall(new Notes(note, bridge));
    memo = step.resumed(noted, latest);
    due = step.wake(memo);
  }
}

package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Reading;

/** A step with what it remembers. Belongs to the memory that it is in. */
final class Cell<M extends Step.Memo> {

  private static final String SCALE = "scale";

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
    var note = notes.note();
    return note.isEmpty() ? note : notes.put(SCALE, step.scale()).note();
  }

  /** Goes on with what was noted, if anything was, and with what frames told after it. */
  void recall(Note note, Bridge bridge, Step.Latest latest) {
    memo = step.resumed(note.isEmpty() ? memo : recalled(new Notes(note, bridge)), latest);
    due = step.wake(memo);
  }

  private M recalled(Notes notes) {
    var noted = step.recall(notes);
    return Double.compare(notes.number(SCALE), step.scale()) == 0 ? noted : step.rescaled(noted);
  }
}

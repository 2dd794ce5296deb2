package org.kerbside.rules;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;

/** A window as a note, and back. What is not known is left out: most cells of most windows. */
final class WindowNote {

  private WindowNote() {}

  /** A window of another length, or over another point, is another one. */
  static String name(Span span) {
    return switch (span.source()) {
      case Slot.Observed(var point) -> "%s %s".formatted(point.id(), span.length().written());
      case Slot.Commanded(var point) ->
          "ordered %s %s".formatted(point.id(), span.length().written());
    };
  }

  static Note of(Window window) {
    return switch (window) {
      case Sliding sliding -> of(sliding);
      case Tally tally -> tally.note();
      case Count count -> count.note();
      case Daily daily -> daily.note();
      case Habit habit -> habit.note();
      case Tally.Before before -> new Note(); // Its tally keeps it.
      case Daily.Earlier earlier -> new Note();
      case Habit.Valve valve -> new Note();
    };
  }

  static void read(Note note, Window window, Bridge bridge) {
    switch (window) {
      case Sliding sliding -> read(note, sliding, bridge);
      case Tally tally -> tally.recall(note, bridge);
      case Count count -> count.recall(note);
      case Daily daily -> daily.recall(note, bridge);
      case Habit habit -> habit.recall(note);
      case Tally.Before before -> {}
      case Daily.Earlier earlier -> {}
      case Habit.Valve valve -> {}
    }
  }

  /** Also where nothing was ever known: its cells begin when they began. */
  private static Note of(Sliding window) {
    var kept = window.remember();
    return new Note()
        .put("opened", kept.opened())
        .put("since", kept.since())
        .put("held", kept.held())
        .put("last", kept.last())
        .put("cells", kept.cells().stream().map(WindowNote::of).toList());
  }

  static Note of(Cell.Kept cell) {
    var note =
        new Note().put("first", cell.first()).put("low", cell.low()).put("high", cell.high());
    if (cell.known() != 0) {
      note.put("known", cell.known()).put("area", cell.area());
    }
    if (cell.turns() != 0) {
      note.put("turns", cell.turns()).put("gained", cell.gained());
    }
    return note;
  }

  private static void read(Note note, Sliding window, Bridge bridge) {
    var opened = note.span("opened");
    var since = note.span("since");
    var cells = note.notes("cells").stream().map(WindowNote::cell).toList();
    if (opened != null && since != null && cells.size() == Sliding.CELLS + 1) {
      window.recall(
          new Sliding.Remembered(
              opened, since, orNan(note.real("held")), orNan(note.real("last")), cells),
          bridge.shift());
    }
  }

  static Cell.Kept cell(Note note) {
    return new Cell.Kept(
        note.whole("known"),
        orZero(note.real("area")),
        orNan(note.real("low")),
        orNan(note.real("high")),
        orNan(note.real("first")),
        orZero(note.real("gained")),
        (int) note.whole("turns"));
  }

  static double orNan(@Nullable Double number) {
    return number == null ? Double.NaN : number;
  }

  static double orZero(@Nullable Double number) {
    return number == null ? 0 : number;
  }
}

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
      case Slot.Observed(var point) -> "%s %s".formatted(point.id(), span.length());
      case Slot.Commanded(var point) -> "ordered %s %s".formatted(point.id(), span.length());
    };
  }

  /** Also where nothing was ever known: its cells begin when they began. */
  static Note of(Window window) {
    var kept = window.remember();
    return new Note()
        .put("opened", kept.opened())
        .put("since", kept.since())
        .put("held", kept.held())
        .put("last", kept.last())
        .put("cells", kept.cells().stream().map(WindowNote::of).toList());
  }

  private static Note of(Cell.Kept cell) {
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

  static void read(Note note, Window window, Bridge bridge) {
    var opened = note.span("opened");
    var since = note.span("since");
    var cells = note.notes("cells").stream().map(WindowNote::cell).toList();
    if (opened != null && since != null && cells.size() == Window.CELLS + 1) {
      window.recall(
          new Window.Remembered(
              opened, since, orNan(note.real("held")), orNan(note.real("last")), cells),
          bridge.shift());
    }
  }

  private static Cell.Kept cell(Note note) {
    return new Cell.Kept(
        note.whole("known"),
        orZero(note.real("area")),
        orNan(note.real("low")),
        orNan(note.real("high")),
        orNan(note.real("first")),
        orZero(note.real("gained")),
        (int) note.whole("turns"));
  }

  private static double orNan(@Nullable Double number) {
    return number == null ? Double.NaN : number;
  }

  private static double orZero(@Nullable Double number) {
    return number == null ? 0 : number;
  }
}

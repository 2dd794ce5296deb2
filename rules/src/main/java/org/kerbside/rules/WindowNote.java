package org.kerbside.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Note.Fact;

/** A window as a note, and back. What is not known is left out: most cells of most windows. */
final class WindowNote {

  private static final int RUN = 8; // facts: how many cells, and what each is

  private WindowNote() {}

  /** A window of another length, or over another point, is another one. */
  static String name(Span span) {
    return switch (span.source()) {
      case Slot.Observed(var point) -> "%s %s".formatted(point.id(), span.length().written());
      case Slot.Commanded(var point) ->
          "ordered %s %s".formatted(point.id(), span.length().written());
    };
  }

  /** Also where nothing was ever known: its cells begin when they began. */
  static Note of(Sliding window) {
    var kept = window.remember();
    return new Note()
        .put("opened", kept.opened())
        .put("since", kept.since())
        .put("held", kept.held())
        .put("last", kept.last())
        .put("cells", runs(kept.cells()));
  }

  /** Most cells of most windows are like the one before: eight numbers stand for a run. */
  private static Fact.Row runs(List<Cell.Kept> cells) {
    var runs = new ArrayList<Fact>();
    for (int i = 0, next; i < cells.size(); i = next) {
      var cell = cells.get(i);
      next = i + 1;
      while (next < cells.size() && cells.get(next).equals(cell)) {
        next++;
      }
      runs.add(new Fact.Whole(next - i));
      runs.add(new Fact.Whole(cell.known()));
      runs.add(new Fact.Real(cell.area()));
      runs.add(new Fact.Real(cell.low()));
      runs.add(new Fact.Real(cell.high()));
      runs.add(new Fact.Real(cell.first()));
      runs.add(new Fact.Real(cell.gained()));
      runs.add(new Fact.Whole(cell.turns()));
    }
    return new Fact.Row(runs);
  }

  static void read(Note note, Sliding window, Bridge bridge) {
    var opened = note.span("opened");
    var since = note.span("since");
    var cells = cells(note.row("cells"));
    if (opened != null && since != null && cells.size() == Sliding.CELLS + 1) {
      window.recall(
          new Sliding.Remembered(
              opened, since, orNan(note.real("held")), orNan(note.real("last")), cells),
          bridge.shift());
    }
  }

  /** None where they are not those of a window. */
  private static List<Cell.Kept> cells(List<Fact> runs) {
    var cells = new ArrayList<Cell.Kept>();
    for (int i = 0; i + RUN <= runs.size(); i += RUN) {
      long times = whole(runs.get(i));
      var cell =
          new Cell.Kept(
              whole(runs.get(i + 1)),
              real(runs.get(i + 2)),
              real(runs.get(i + 3)),
              real(runs.get(i + 4)),
              real(runs.get(i + 5)),
              real(runs.get(i + 6)),
              (int) whole(runs.get(i + 7)));
      for (long n = 0; n < times && cells.size() <= Sliding.CELLS; n++) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static long whole(Fact fact) {
    return fact instanceof Fact.Whole(var number) ? number : 0;
  }

  private static double real(Fact fact) {
    return fact instanceof Fact.Real(var number) ? number : Double.NaN;
  }

  /** One cell by itself, by the names of what it knows. */
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

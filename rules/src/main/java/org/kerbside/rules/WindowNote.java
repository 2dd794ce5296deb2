package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;

/**
 * The windows of a memory as a note, each by its point and length, and back. Equal cells in a row
 * are written once, so that a point that stands still takes a line and not sixty.
 */
final class WindowNote {

  private static final int NUMBERS = 7;

  private WindowNote() {}

  static Note of(Windows windows) {
    var note = new Note();
    for (int i = 0; i < windows.spans().size(); i++) {
      note.put(name(windows.spans().get(i)), of(windows.at(i).remember()));
    }
    return note;
  }

  /** A window that is not in the note begins anew. */
  static void read(Note note, Windows windows, Bridge bridge) {
    for (int i = 0; i < windows.spans().size(); i++) {
      var remembered = read(note.note(name(windows.spans().get(i))));
      if (remembered != null) {
        windows.at(i).recall(remembered, bridge.shift());
      }
    }
  }

  private static String name(Span span) {
    var source =
        switch (span.source()) {
          case Slot.Observed(var point) -> point.id().toString();
          case Slot.Commanded(var point) -> "ordered " + point.id();
        };
    return source + " " + span.length();
  }

  private static Note of(Window.Remembered window) {
    return new Note()
        .put("opened", window.opened())
        .put("since", window.since())
        .put("held", known(window.held()))
        .put("last", known(window.last()))
        .put("cells", cells(window.cells()));
  }

  private static Note.@Nullable Fact known(double value) {
    return Double.isNaN(value) ? null : new Note.Fact.Real(value);
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static String cells(List<Cell.Kept> cells) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < cells.size(); ) {
      int end = i;
      while (end < cells.size() && cells.get(end).equals(cells.get(i))) {
        end++;
      }
      lines.add(cell(end - i, cells.get(i)));
      i = end;
    }
    return String.join(";", lines);
  }

  private static String cell(int count, Cell.Kept cell) {
    return "%d*%d %s %s %s %s %s %d"
        .formatted(
            count,
            cell.known(),
            cell.area(),
            cell.low(),
            cell.high(),
            cell.first(),
            cell.gained(),
            cell.turns());
  }

  /** Null where it is not whole. */
  private static Window.@Nullable Remembered read(Note note) {
    Duration opened = note.span("opened");
    Duration since = note.span("since");
    var written = note.text("cells");
    var cells = written == null ? List.<Cell.Kept>of() : cells(written);
    return opened == null || since == null || cells.size() != Window.CELLS + 1
        ? null
        : new Window.Remembered(
            opened, since, orNaN(note.real("held")), orNaN(note.real("last")), cells);
  }

  private static List<Cell.Kept> cells(String written) {
    var cells = new ArrayList<Cell.Kept>();
    for (var line : written.split(";", -1)) {
      int star = line.indexOf('*');
      var numbers = line.substring(star + 1).split(" ", -1);
      if (star < 1 || numbers.length != NUMBERS) {
        return List.of();
      }
      var cell = cell(numbers);
      for (int i = Integer.parseInt(line.substring(0, star)); i > 0; i--) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static Cell.Kept cell(String[] numbers) {
    return new Cell.Kept(
        Long.parseLong(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]),
        Double.parseDouble(numbers[3]),
        Double.parseDouble(numbers[4]),
        Double.parseDouble(numbers[5]),
        Integer.parseInt(numbers[6]));
  }
}

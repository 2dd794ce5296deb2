package org.kerbside.drivers.camel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.SenmlPack.Said;
import org.kerbside.drivers.picks.Dating;
import org.kerbside.drivers.picks.JsonLayout;
import org.kerbside.drivers.picks.Pointer;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/** A line of a table, as an object of its columns. An empty column says nothing. */
record CsvRow(Map<String, String> columns) implements Item {

  CsvRow {
    columns = Map.copyOf(columns);
  }

  /** The lines below the first, which names the columns. */
  static Items in(byte[] body, char separator) {
    var csv = new Csv(new String(body, UTF_8), separator);
    var names = csv.line();
    var rows = new ArrayList<Item>();
    var problems = new ArrayList<String>();
    for (int number = 2; !csv.isAtEnd(); number++) {
      var columns = csv.line();
      if (columns.size() == names.size() && Csv.isSound(columns)) {
        rows.add(row(names, columns));
      } else if (!columns.equals(List.of(""))) {
        problems.add(
            "line %d: got %d columns, expected %d of at most 512 characters"
                .formatted(number, columns.size(), names.size()));
      }
    }
    if (rows.isEmpty() && problems.isEmpty()) {
      problems.add("no line below that of the columns' names");
    }
    return new Items(rows, problems);
  }

  private static CsvRow row(List<String> names, List<String> columns) {
    var row = new HashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      if (!columns.get(i).isEmpty()) {
        row.put(names.get(i), columns.get(i));
      }
    }
    return new CsvRow(row);
  }

  @Override
  public @Nullable String text(Pointer pointer) {
    return columns.get(String.join("/", pointer.names()));
  }

  @Override
  public Said read(Whose whose) throws BadTelegram {
    var layout = whose.aim().layout();
    var time = time(layout);
    boolean isDoubted = time == null && isTimed(layout);
    var quality = isDoubted ? new Quality.Uncertain(Reason.SOURCE_TIME) : Quality.GOOD;
    var samples = new ArrayList<Sample>();
    var problems = new ArrayList<String>();
    for (int i = 0; i < layout.picks().size(); i++) {
      var pick = layout.picks().get(i);
      var point = whose.aim().points().get(i);
      var said = text(pick.pointer());
      var value = said == null ? null : pick.text(said, point);
      if (value != null) {
        var unit = value instanceof Value.Num ? pick.unit() : null;
        samples.add(new Sample(point.name(), value, unit, quality, time));
      } else if (said != null) {
        problems.add(
            "'%s' is '%s': expected %s".formatted(pick.pointer(), said, pick.expected(point)));
      }
    }
    if (samples.isEmpty()) {
      throw new BadTelegram(
          problems.isEmpty() ? "no column has a value" : String.join("; ", problems));
    }
    return new Said(samples, problems);
  }

  private boolean isTimed(JsonLayout layout) {
    return layout.time() != null && text(layout.time()) != null;
  }

  private @Nullable Instant time(JsonLayout layout) {
    var said = layout.time() == null ? null : text(layout.time());
    if (said == null) {
      return null;
    }
    try {
      return layout.dating() == Dating.ISO
          ? layout.dating().time(said)
          : layout.dating().time(Double.parseDouble(said));
    } catch (NumberFormatException none) {
      return null;
    }
  }
}

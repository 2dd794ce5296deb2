package org.kerbside.deploy.platform.receiver;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Ranges;

/** How far each stream is known: rows of a table. For one thread. */
final class Cursors {

  private final Tables tables;
  private final PreparedStatement find;
  private final PreparedStatement add;
  private final PreparedStatement change;

  Cursors(Tables tables) throws SQLException {
    this.tables = tables;
    find = tables.prepare("SELECT * FROM cursor WHERE gateway = ? AND epoch = ? AND stream = ?");
    add =
        tables.prepare(
            "INSERT INTO cursor (gateway, epoch, stream, received, explained, repeats, changed,"
                + " marked, marked_at, asked, owed) VALUES (?, ?, ?, '', '', 0, 0, 0, ?, 0, 1)");
    change =
        tables.prepare(
            "UPDATE cursor SET received = ?, explained = ?, repeats = ?, changed = ?, owed = 1"
                + " WHERE id = ?");
  }

  /** Those that a transaction has touched. */
  final class Touched {

    private final Map<Place, Cursor> cursors = new LinkedHashMap<>();
    private final long now;

    Touched(long now) {
      this.now = now;
    }

    /** The one of a place, made when there is none. */
    Cursor at(Place place) throws SQLException {
      var known = cursors.get(place);
      if (known != null) {
        return known;
      }
      var found = find(place);
      if (found.isEmpty()) {
        add.setString(1, place.gateway());
        add.setString(2, place.epoch());
        add.setString(3, place.stream());
        add.setLong(4, now);
        add.executeUpdate();
        found = find(place);
      }
      cursors.put(place, found.getFirst());
      return found.getFirst();
    }

    void write() throws SQLException {
      for (var cursor : cursors.values()) {
        change.setString(1, cursor.received.text());
        change.setString(2, cursor.explained.text());
        change.setLong(3, cursor.repeats);
        change.setLong(4, cursor.changed);
        change.setLong(5, cursor.id);
        change.executeUpdate();
      }
    }
  }

  private List<Cursor> find(Place place) throws SQLException {
    find.setString(1, place.gateway());
    find.setString(2, place.epoch());
    find.setString(3, place.stream());
    return read(find);
  }

  List<Place> places(String gateway) throws SQLException {
    try (var select = tables.prepare("SELECT * FROM cursor WHERE gateway = ?")) {
      select.setString(1, gateway);
      return read(select).stream().map(cursor -> cursor.place).toList();
    }
  }

  /** Every one, by gateway, in the order in which they were seen. */
  List<Cursor> all() throws SQLException {
    try (var select = tables.prepare("SELECT * FROM cursor ORDER BY gateway, id")) {
      return read(select);
    }
  }

  /** Those of gateways that listen to watermarks. */
  List<Cursor> owed() throws SQLException {
    try (var select =
        tables.prepare(
            "SELECT c.* FROM cursor c LEFT JOIN gateway g USING (gateway)"
                + " WHERE c.owed AND (g.ack IS NULL OR g.ack <> 'broker')")) {
      return read(select);
    }
  }

  private static List<Cursor> read(PreparedStatement select) throws SQLException {
    var found = new ArrayList<Cursor>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        found.add(cursor(row));
      }
    }
    return found;
  }

  private static Cursor cursor(ResultSet row) throws SQLException {
    var cursor =
        new Cursor(
            row.getLong("id"),
            new Place(row.getString("gateway"), row.getString("epoch"), row.getString("stream")),
            Ranges.parse(row.getString("received")),
            Ranges.parse(row.getString("explained")));
    cursor.repeats = row.getLong("repeats");
    cursor.changed = row.getLong("changed");
    cursor.marked = row.getLong("marked");
    cursor.markedAt = row.getLong("marked_at");
    cursor.asked = row.getInt("asked");
    return cursor;
  }
}

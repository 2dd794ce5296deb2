package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable, ordered store-and-forward log. What {@link #commit} kept survives a kill at any
 * instant, and a power cut where the storage honours a flush.
 *
 * <p>{@link #commit}, {@link #persistCursors}, {@link #free} and {@link #close} belong to the
 * writer's thread; everything else may be called from any thread. Calls that reach SQLite ({@link
 * #unacknowledged} of old frames, {@link #recent}, {@link #commands}) want a platform thread and
 * are never for control.
 *
 * <p>Ages are told by the journal's own time: milliseconds for which some process served it, so no
 * step of a wall clock frees anything early. While no process runs it stands still.
 */
public final class Journal implements Outbox, AutoCloseable {

  /** How long a command's id and outcome are remembered. */
  public static final Duration COMMANDS_KEPT = Duration.ofDays(7);

  /** Of more commands than this the oldest are forgotten, however young. */
  static final int MOST_COMMANDS = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final long READ_BYTES = 1024 * 1024; // at most about this much in one answer
  private static final int RECENT_PAGE = 64;
  private static final Duration FREEING = Duration.ofMillis(250); // the writer is kept no longer
  private static final long FREE_PAGES = 16 * 1024; // more free pages than this shrink the file
  // Acknowledgements cost each commit a page: at most one a second; a crash sends that second
  // again.
  private static final long CURSOR_PACE = 1_000_000_000;

  private final Path file;
  private final Clock clock;
  private final Cut cut;
  private final ReadSide readSide;
  private final EnumMap<Stream, Track> tracks;
  private final Deliveries deliveries;
  private final CopyOnWriteArrayList<Runnable> wakes = new CopyOnWriteArrayList<>();
  private final Moment opened;
  private final long servedBefore;

  // The writer's.
  private @Nullable WriteSide writeSide;
  private Heads heads;
  private long served;
  private long cursorsAt = System.nanoTime() - CURSOR_PACE;
  private @Nullable SQLException trouble;
  private long mostPages;
  private Fault fault = Fault.NONE;

  // Written by the writer, read by anyone.
  private volatile @Nullable SetAside setAside;
  private volatile Written written = new Written(0, 0, 0, 0, 0, 0);

  private Journal(
      Path file, Clock clock, Cut cut, WriteSide writeSide, Opening opening, Moment opened) {
    this.file = file;
    this.clock = clock;
    this.cut = cut;
    this.writeSide = writeSide;
    this.opened = opened;
    readSide = new ReadSide(file);
    heads = opening.heads;
    servedBefore = opening.served;
    served = opening.served;
    setAside = opening.setAside;
    deliveries = opening.deliveries;
    tracks = new EnumMap<>(Stream.class);
    tracks.put(Stream.READINGS, new Track(heads.readings(), opening.readings));
    tracks.put(Stream.EVENTS, new Track(heads.events(), opening.events));
  }

  /** What stands in the file when it is opened. */
  private record Opening(
      Heads heads,
      long served,
      Ranges readings,
      Ranges events,
      Deliveries deliveries,
      @Nullable SetAside setAside) {}

  /**
   * Opens the journal of a folder, or makes it. A damaged one is set aside and a new epoch begins:
   * {@link #setAside}.
   *
   * @throws JournalException when the folder cannot be used now, or a newer version wrote it
   */
  public static Journal open(Path folder, String gateway, Wire wire, Clock clock)
      throws JournalException {
    try {
      Files.createDirectories(folder);
      Database.unpackBeside(folder);
      var file = folder.resolve(Database.FILE);
      var connection = sound(folder, file, clock.now());
      try {
        var epoch = Database.meta(connection, "epoch");
        if (epoch == null) {
          throw new SQLException("no epoch in meta");
        }
        var side = new WriteSide(connection);
        var cut = new Cut(gateway, epoch, wire);
        return new Journal(file, clock, cut, side, opening(connection, side), clock.now());
      } catch (SQLException refused) {
        connection.close();
        throw refused;
      }
    } catch (IOException refused) {
      throw new JournalException(
          folder + ": not usable for the journal: '" + refused + "'; see --data", refused);
    } catch (SQLException refused) {
      throw new JournalException(folder + ": " + Database.reason(refused), refused);
    }
  }

  private static Connection sound(Path folder, Path file, Moment now)
      throws SQLException, IOException, JournalException {
    Connection connection = null;
    try {
      connection = Database.write(file);
      long version = Database.number(connection, "PRAGMA user_version");
      var problem = problem(connection, version);
      if (problem == null) {
        if (version == 0) {
          begin(connection, folder, now);
        }
        return connection;
      }
      connection.close();
      LOG.warn("{}: damaged: '{}'", file, problem);
    } catch (SQLException refused) {
      if (connection != null) {
        connection.close();
      }
      if (!Database.isDamage(refused)) {
        throw refused;
      }
      LOG.warn("{}: damaged: '{}'", file, refused.getMessage());
    }
    LOG.warn("set aside as {}; a new epoch begins", Database.setAside(folder));
    var fresh = Database.write(file);
    begin(fresh, folder, now);
    return fresh;
  }

  /** What is wrong with an open file; null when nothing is. */
  private static @Nullable String problem(Connection connection, long version)
      throws SQLException, JournalException {
    var damage = Database.damage(connection);
    if (damage != null) {
      return damage;
    }
    if (version == 0) {
      return Database.number(connection, "SELECT count(*) FROM sqlite_master") == 0
          ? null
          : "tables without a schema version";
    }
    // Written twice: a flipped bit must not pass for a newer version.
    var told = Database.meta(connection, "schema");
    if (!Long.toString(version).equals(told)) {
      return "schema version " + version + " in the header, " + told + " in meta";
    }
    if (version > Database.SCHEMA) {
      throw new JournalException(
          "%s: written by a newer version: schema %d, this one knows %d; install the newer again"
              .formatted(Database.FILE, version, Database.SCHEMA));
    }
    return null;
  }

  private static void begin(Connection connection, Path folder, Moment now)
      throws SQLException, IOException {
    // A new journal beside a damaged one: a kill may have come between setting aside and telling.
    var damaged = Database.lastSetAside(folder);
    var name = damaged == null ? null : String.valueOf(damaged.getFileName());
    Database.lay(connection, Epoch.begun(now, new SecureRandom()), name);
    Database.sync(folder);
  }

  private static Opening opening(Connection connection, WriteSide side) throws SQLException {
    long served =
        Math.max(
            Math.max(
                side.number("SELECT at FROM readings ORDER BY seq DESC LIMIT 1"),
                side.number("SELECT at FROM events ORDER BY seq DESC LIMIT 1")),
            Math.max(
                side.number("SELECT at FROM deliveries ORDER BY n DESC LIMIT 1"),
                side.number("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'served'")));
    var name = Database.meta(connection, "set-aside");
    return new Opening(
        side.heads(),
        served,
        acknowledged(connection, Stream.READINGS),
        acknowledged(connection, Stream.EVENTS),
        deliveries(connection, served - Deliveries.LIFETIME.toMillis()),
        name == null ? null : new SetAside(Path.of(name)));
  }

  private static Ranges acknowledged(Connection connection, Stream stream) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT ranges FROM acknowledged WHERE stream = ?")) {
      select.setString(1, stream.word());
      try (var row = select.executeQuery()) {
        return row.next() ? Ranges.parse(row.getString(1)) : new Ranges();
      }
    } catch (NumberFormatException unreadable) {
      LOG.warn("acknowledgements of {} unreadable: all is sent again", stream, unreadable);
      return new Ranges();
    }
  }

  private static Deliveries deliveries(Connection connection, long since) throws SQLException {
    var deliveries = new Deliveries();
    try (var select =
        connection.prepareStatement("SELECT n, at, key FROM deliveries WHERE at >= ? ORDER BY n")) {
      select.setLong(1, since);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          deliveries.heard(row.getString(3), row.getLong(1), row.getLong(2));
        }
      }
    }
    return deliveries;
  }

  /** A damaged journal that was set aside, until the gap of {@link #found} is committed. */
  public @Nullable SetAside setAside() {
    return setAside;
  }

  /** What the opening found that the city must be told: put it into the first entry. */
  public List<Event.Gap> found() {
    return setAside == null
        ? List.of()
        : List.of(new Event.Gap(opened, null, 0, 0, "corrupt", null, null, 0));
  }

  // ---- the writer's thread

  /** Keeps an entry whole, or not at all. */
  public Commit commit(Entry entry) {
    var at = entry.at();
    var readings = cut.readings(heads.readings(), at, entry.readings());
    var events = cut.events(heads.events(), at, entry.events());
    if (entry.isEmpty()) {
      return kept(readings, events);
    }
    long now = Math.max(served, servedAt(at));
    var cursors = dueCursors();
    var results = results(entry.events());
    boolean tells = setAside != null && tellsOfDamage(entry.events());
    try {
      var side = side();
      side.begin();
      fault.at(Fault.Step.BEGUN);
      write(side, readings, now);
      write(side, events, now);
      for (int i = 0; i < entry.accepted().size(); i++) {
        side.command(heads.commands() + 1 + i, now, entry.accepted().get(i));
      }
      for (int i = 0; i < results.size(); i++) {
        side.outcome(heads.outcomes() + 1 + i, now, results.get(i));
      }
      for (int i = 0; i < entry.keys().size(); i++) {
        side.delivery(heads.deliveries() + 1 + i, now, entry.keys().get(i));
      }
      write(side, cursors);
      if (tells) {
        side.delete("meta WHERE name = 'set-aside'");
      }
      fault.at(Fault.Step.WRITTEN);
      side.commit();
      fault.at(Fault.Step.COMMITTED);
    } catch (SQLException refused) {
      return refused(refused);
    }
    if (tells) {
      setAside = null;
    }
    var kept = kept(readings, events);
    advance(entry, readings, events, results.size(), now);
    written(cursors);
    return kept;
  }

  private static void write(WriteSide side, List<StoredFrame> frames, long at) throws SQLException {
    for (var frame : frames) {
      side.frame(frame.stream(), frame.seq(), at, frame.rendered());
    }
  }

  /** A conflict is no end of the id that it conflicts with: that one keeps its own. */
  private static List<Event.Result> results(List<Event> events) {
    var results = new ArrayList<Event.Result>(0);
    for (var event : events) {
      if (event instanceof Event.Result result
          && !(result.outcome() instanceof Outcome.Rejected(var reason)
              && reason.equals("conflict"))) {
        results.add(result);
      }
    }
    return results;
  }

  private static boolean tellsOfDamage(List<Event> events) {
    for (var event : events) {
      if (event instanceof Event.Gap gap && gap.reason().equals("corrupt")) {
        return true;
      }
    }
    return false;
  }

  private Commit.Kept kept(List<StoredFrame> readings, List<StoredFrame> events) {
    return new Commit.Kept(
        new Commit.Span(heads.readings() + 1, heads.readings() + readings.size()),
        new Commit.Span(heads.events() + 1, heads.events() + events.size()));
  }

  private void advance(
      Entry entry, List<StoredFrame> readings, List<StoredFrame> events, int results, long now) {
    for (int i = 0; i < entry.keys().size(); i++) {
      deliveries.heard(entry.keys().get(i), heads.deliveries() + 1 + i, now);
    }
    heads =
        new Heads(
            heads.readings() + readings.size(),
            heads.events() + events.size(),
            heads.commands() + entry.accepted().size(),
            heads.outcomes() + results,
            heads.deliveries() + entry.keys().size());
    served = now;
    long bytes = committed(readings) + committed(events);
    written =
        new Written(
            written.commits() + 1,
            written.frames() + readings.size() + events.size(),
            written.readings() + entry.readings().size(),
            written.bytes() + bytes,
            0,
            0);
    if (!readings.isEmpty() || !events.isEmpty()) {
      wakes.forEach(Runnable::run);
    }
  }

  private long committed(List<StoredFrame> frames) {
    long bytes = 0;
    for (var frame : frames) {
      track(frame.stream()).committed(frame);
      bytes += frame.rendered().payload().length;
    }
    return bytes;
  }

  /** The connection; after a refusal a new one to a file that is looked at first. */
  private WriteSide side() throws SQLException {
    var open = writeSide;
    if (open != null) {
      return open;
    }
    var connection = Database.write(file);
    try {
      var side = new WriteSide(connection);
      if (mostPages > 0) {
        side.tell("PRAGMA max_page_count = " + mostPages);
      }
      verify(connection, side);
      writeSide = side;
      return side;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  /** The file must hold all that was kept; what was refused and is there all the same goes. */
  private void verify(Connection connection, WriteSide side) throws SQLException {
    if (trouble != null && Database.isGrave(trouble)) {
      var damage = Database.damage(connection);
      if (damage != null) {
        throw new SQLException("damaged: " + damage + "; restart to set it aside");
      }
    }
    if (!cut.epoch().equals(Database.meta(connection, "epoch"))) {
      throw new SQLException("another journal lies here now; restart to take it");
    }
    var there = side.heads();
    if (there.readings() < heads.readings() || there.events() < heads.events()) {
      throw new SQLException("committed frames are gone; restart to look into it");
    }
    if (!there.equals(heads)) {
      side.takeBack(heads);
    }
    var aside = setAside;
    if (aside != null) {
      side.meta("set-aside", aside.file().toString());
    }
  }

  /**
   * After an error nobody knows what the kernel holds for written: the connection goes, and the
   * next attempt begins with the file.
   */
  private Commit.Refused refused(SQLException refusal) {
    var reason = Database.reason(refusal);
    if (trouble == null) {
      LOG.warn("nothing is kept, nobody is acknowledged: {}", reason);
    }
    // A grave one stays until the file was found sound.
    trouble = trouble != null && Database.isGrave(trouble) ? trouble : refusal;
    var side = writeSide;
    writeSide = null;
    if (Database.isGrave(refusal)) {
      readSide.close();
    }
    if (side != null) {
      try {
        side.close();
      } catch (SQLException stuck) {
        LOG.warn("{}: not closed: '{}'", Database.FILE, stuck.getMessage());
      }
    }
    return new Commit.Refused(reason);
  }

  private void sound() {
    if (trouble != null) {
      trouble = null;
      LOG.info("the journal keeps again");
    }
  }

  private Map<Stream, Track.Cursor> dueCursors() {
    return System.nanoTime() - cursorsAt < CURSOR_PACE ? Map.of() : cursors();
  }

  private Map<Stream, Track.Cursor> cursors() {
    var cursors = new EnumMap<Stream, Track.Cursor>(Stream.class);
    tracks.forEach(
        (stream, track) -> {
          var cursor = track.unwritten();
          if (cursor != null) {
            cursors.put(stream, cursor);
          }
        });
    return cursors;
  }

  private static void write(WriteSide side, Map<Stream, Track.Cursor> cursors) throws SQLException {
    for (var cursor : cursors.entrySet()) {
      side.cursor(cursor.getKey(), cursor.getValue().text());
    }
  }

  /** After a commit that held them. */
  private void written(Map<Stream, Track.Cursor> cursors) {
    sound();
    if (!cursors.isEmpty()) {
      cursors.forEach((stream, cursor) -> track(stream).written(cursor));
      cursorsAt = System.nanoTime();
    }
  }

  /** Writes what was acknowledged since the last commit; for when the writer is idle. */
  public void persistCursors() {
    var cursors = cursors();
    if (cursors.isEmpty()) {
      return;
    }
    try {
      var side = side();
      side.begin();
      write(side, cursors);
      side.commit();
    } catch (SQLException refused) {
      refused(refused);
      return;
    }
    written(cursors);
  }

  /**
   * Deletes acknowledged frames older than {@code keep}, and commands and deliveries whose time is
   * over. Call it once a minute; a call ends after a quarter of a second, and the next goes on.
   *
   * @return how many frames it deleted
   */
  public long free(Duration keep) {
    long deadline = System.nanoTime() + FREEING.toNanos();
    long now = Math.max(served, servedAt(clock.now()));
    long freed = 0;
    try {
      for (var stream : Stream.values()) {
        for (var run : track(stream).acknowledgedRuns().entrySet()) {
          long some = 1;
          while (some > 0 && System.nanoTime() < deadline) {
            some = freeSome(stream, run.getKey(), run.getValue(), now - keep.toMillis(), now);
            freed += some;
          }
        }
      }
      forget(now);
      shrink();
    } catch (SQLException refused) {
      refused(refused);
    }
    return freed;
  }

  /** The frames, what says that they were acknowledged, and their seqs go in one transaction. */
  private long freeSome(Stream stream, long first, long last, long before, long now)
      throws SQLException {
    var cursors = cursors();
    var side = side();
    side.begin();
    var table = ReadSide.table(stream);
    long deleted = side.deleteFrames(table, first, last, before);
    if (deleted == 0) {
      side.tell("ROLLBACK");
      return 0;
    }
    write(side, cursors);
    side.meta("last-" + table, Long.toString(track(stream).last()));
    side.meta("served", Long.toString(now));
    side.commit();
    written(cursors);
    return deleted;
  }

  private void forget(long now) throws SQLException {
    long needed = deliveries.forget(now, heads.deliveries() + 1);
    long old = now - COMMANDS_KEPT.toMillis();
    var side = side();
    side.begin();
    side.delete("deliveries WHERE n < " + needed);
    side.delete(someOldest("commands", heads.commands(), old));
    side.delete(someOldest("outcomes", heads.outcomes(), old));
    side.commit();
    sound();
  }

  private static String someOldest(String table, long head, long old) {
    return "%1$s WHERE n IN (SELECT n FROM %1$s ORDER BY n LIMIT 1000) AND (at < %2$d OR n <= %3$d)"
        .formatted(table, old, head - MOST_COMMANDS);
  }

  private void shrink() throws SQLException {
    if (side().number("PRAGMA freelist_count") > FREE_PAGES) {
      side().number("PRAGMA incremental_vacuum(1024)");
    }
  }

  @Override
  public void close() {
    persistCursors();
    readSide.close();
    var side = writeSide;
    writeSide = null;
    if (side == null) {
      return;
    }
    try {
      if (trouble == null) {
        side.meta("served", Long.toString(Math.max(served, servedAt(clock.now()))));
        side.number("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      side.close();
    } catch (SQLException refused) {
      LOG.warn("closing: {}", Database.reason(refused));
    }
  }

  /**
   * Tests make the disk full with it: the file grows to no more pages, 0 for as many as it likes.
   */
  void limit(long pages) throws SQLException {
    mostPages = pages;
    var side = writeSide;
    if (side != null) {
      side.tell("PRAGMA max_page_count = " + (pages == 0 ? Integer.MAX_VALUE : pages));
    }
  }

  void failAt(Fault at) {
    fault = at;
  }

  // ---- any thread

  private Track track(Stream stream) {
    var track = tracks.get(stream);
    if (track == null) {
      throw new IllegalStateException("no track for " + stream);
    }
    return track;
  }

  private long servedAt(Moment at) {
    return servedBefore + at.since(opened).toMillis();
  }

  @Override
  public String epoch() {
    return cut.epoch();
  }

  @Override
  public long last(Stream stream) {
    return track(stream).last();
  }

  /** Answers with fewer than {@code most} once it has a MiB; empty also when the disk will not. */
  @Override
  public List<StoredFrame> unacknowledged(Stream stream, long from, long to, int most) {
    var track = track(stream);
    var near = track.fromTail(from, to, most);
    return near != null ? near : fromDisk(stream, from, to, most);
  }

  private List<StoredFrame> fromDisk(Stream stream, long from, long to, int most) {
    var frames = new ArrayList<StoredFrame>();
    long bytes = READ_BYTES;
    try {
      for (var hole = track(stream).hole(from, to);
          hole != null && frames.size() < most && bytes > 0;
          hole = hole.last() >= to ? null : track(stream).hole(hole.last() + 1, to)) {
        for (var frame : readSide.frames(stream, hole, most - frames.size(), bytes)) {
          frames.add(frame);
          bytes -= frame.rendered().payload().length;
        }
      }
    } catch (SQLException refused) {
      LOG.warn("frames of {} from {}: {}", stream, from, Database.reason(refused));
    }
    return frames;
  }

  @Override
  public long waiting(Stream stream) {
    return track(stream).waiting();
  }

  @Override
  public void acknowledge(Stream stream, long seq) {
    track(stream).acknowledge(seq);
  }

  @Override
  public void whenCommitted(Runnable wake) {
    wakes.add(wake);
  }

  /** Whether a delivery of that key was acknowledged within the last 247 s. Asks no disk. */
  public boolean knows(String key) {
    return deliveries.knows(key, servedAt(clock.now()));
  }

  /**
   * The readings told in frames of the last {@code age}, newest last, at most {@code most}: what a
   * redelivered message is compared with after a start.
   */
  public List<Wire.Told> recent(Duration age, int most) {
    long since = servedAt(clock.now()) - age.toMillis();
    var told = new ArrayDeque<Wire.Told>();
    try {
      for (long before = last(Stream.READINGS) + 1; before > 1 && told.size() < most; ) {
        var page = readSide.newest(before, since, RECENT_PAGE);
        for (var frame : page) {
          addOlder(told, cut.wire().readings(frame.rendered()), most);
        }
        before = page.size() < RECENT_PAGE ? 0 : page.getLast().seq();
      }
    } catch (SQLException refused) {
      LOG.warn("recent readings: {}", Database.reason(refused));
    }
    return List.copyOf(told);
  }

  private static void addOlder(ArrayDeque<Wire.Told> told, List<Wire.Told> older, int most) {
    for (int i = older.size() - 1; i >= 0 && told.size() < most; i--) {
      told.addFirst(older.get(i));
    }
  }

  /** The commands of the last seven days with what became of them, oldest first. */
  public List<Known> commands() {
    try {
      return readSide.commands(servedAt(clock.now()) - COMMANDS_KEPT.toMillis());
    } catch (SQLException refused) {
      LOG.warn("commands: {}", Database.reason(refused));
      return List.of();
    }
  }

  /** What was written since the opening, and the files' sizes now. */
  public Written written() {
    var counted = written;
    return new Written(
        counted.commits(),
        counted.frames(),
        counted.readings(),
        counted.bytes(),
        size(file),
        size(file.resolveSibling(Database.FILE + "-wal")));
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException _) {
      return 0;
    }
  }
}

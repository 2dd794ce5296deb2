package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Ranges;
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

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final long READ_BYTES = 1024 * 1024; // about the most in one answer
  private static final int RECENT_PAGE = 64;
  private static final Duration LONGEST_IN_COMMIT = Duration.ofMillis(20); // beside a step
  private static final Duration FREEING_PACE = Duration.ofSeconds(10);
  private static final Duration LONGEST_IN_HOUSE = Duration.ofMillis(250);

  private final Path file;
  private final Clock clock;
  private final Moment opened;
  private final long servedBefore;
  private final Cut cut;
  private final WriteAccess access;
  private final ReadSide readSide;
  private final Tracks tracks;
  private final Sending sending;
  private final Ladder ladder;
  private final Room room;
  private final Ballast ballast;
  private final Deliveries deliveries;
  private final CopyOnWriteArrayList<Runnable> wakes = new CopyOnWriteArrayList<>();

  // The writer's.
  private long served;
  private long freed = System.nanoTime() - FREEING_PACE.toNanos();
  private Fault fault = Fault.NONE;

  /** Set by the writer; its file sizes are filled in when it is asked for. */
  private volatile Written written = new Written(0, 0, 0, 0, 0, 0, 0);

  private Journal(
      Path file,
      Clock clock,
      Moment opened,
      Cut cut,
      Quota quota,
      Opening opening,
      Sending sending) {
    this.file = file;
    this.clock = clock;
    this.opened = opened;
    this.cut = cut;
    servedBefore = opening.served();
    served = opening.served();
    access = new WriteAccess(file, opening);
    readSide = new ReadSide(file);
    tracks =
        new Tracks(
            new Track(opening.heads().readings(), opening.readings(), sent(opening, sending)),
            new Track(opening.heads().events(), opening.events(), new Ranges()));
    ladder = new Ladder(cut, tracks.of(Stream.READINGS), quota);
    room = new Room(file, quota);
    ballast = new Ballast(file);
    this.sending = sending;
    deliveries = opening.deliveries();
  }

  /** After a crash in the midst of sending, all that is there may have been sent. */
  private static Ranges sent(Opening opening, Sending sending) {
    var sent = opening.sent();
    opening.readings().runs().forEach(sent::add);
    if (sending.wasSending() && opening.heads().readings() > 0) {
      sent.add(1, opening.heads().readings());
    }
    return sent;
  }

  /**
   * Opens the journal of a folder, or makes it. A damaged one is set aside and a new epoch begins:
   * {@link #setAside}.
   *
   * @throws JournalException when the folder cannot be used now, or a newer version wrote it
   */
  public static Journal open(Path folder, String gateway, Wire wire, Quota quota, Clock clock)
      throws JournalException {
    try {
      var now = clock.now();
      var opening = Opening.of(folder, gateway, wire, now);
      var cut = new Cut(gateway, opening.epoch(), wire);
      var file = folder.resolve(Database.FILE);
      return new Journal(file, clock, now, cut, quota, opening, Sending.in(folder));
    } catch (IOException refused) {
      throw new JournalException(
          folder + ": not usable for the journal: '" + refused + "'; see --data", refused);
    } catch (SQLException refused) {
      throw new JournalException(folder + ": " + Database.reason(refused), refused);
    }
  }

  /** A damaged journal that was set aside, until the gap of {@link #found} is committed. */
  public @Nullable SetAside setAside() {
    return access.untold();
  }

  /** What the opening found that the city must be told: put it into the first entry. */
  public List<Event> found() {
    var aside = access.untold();
    if (aside == null) {
      return List.of();
    }
    var gap = new Event.Gap(opened, null, 0, 0, "corrupt", Instead.NOTHING, null, null, 0);
    var file = aside.file().toString();
    return List.of(gap, new Event.Health(opened, "journal-damaged", file, aside.salvaged()));
  }

  /**
   * Keeps an entry whole, or not at all. Where the quota is reached, a little of the oldest
   * telemetry gives way before. On the writer's thread.
   */
  public Commit commit(Entry entry) {
    if (room.isDue()) {
      makeRoom(entry.at(), LONGEST_IN_COMMIT);
    }
    return commit(entry, Also.NOTHING);
  }

  /** What a transaction does beside keeping an entry. */
  private interface Also {

    Also NOTHING = _ -> {};

    void write(WriteSide side) throws SQLException;
  }

  private Commit commit(Entry entry, Also also) {
    WriteSide side;
    try {
      side = access.side();
    } catch (SQLException refused) {
      return refused(refused);
    }
    var heads = access.heads();
    var readings = cut.readings(heads.readings(), entry.at(), entry.readings());
    var events = cut.events(heads.events(), entry.at(), entry.events());
    var kept = new Commit.Kept(span(heads.readings(), readings), span(heads.events(), events));
    if (entry.isEmpty()) {
      return kept;
    }
    long now = Math.max(served, servedAt(entry.at()));
    var results = results(entry.events());
    var cursors = tracks.due();
    boolean tells = access.untold() != null && tellsOfDamage(entry.events());
    try {
      side.begin();
      fault.at(Fault.Step.BEGUN);
      side.frames(readings, now);
      side.frames(events, now);
      side.commands(heads.commands(), now, entry.accepted());
      side.outcomes(heads.outcomes(), now, results);
      side.deliveries(heads.deliveries(), now, entry.keys());
      side.cursors(cursors);
      if (tells) {
        side.delete("meta WHERE name = 'set-aside'");
      }
      also.write(side);
      fault.at(Fault.Step.WRITTEN);
      side.commit();
      fault.at(Fault.Step.COMMITTED);
    } catch (SQLException refused) {
      return refused(refused);
    }
    served = now;
    if (tells) {
      access.told();
    }
    tracks.written(cursors);
    access.kept(
        new Heads(
            heads.readings() + readings.size(),
            heads.events() + events.size(),
            heads.commands() + entry.accepted().size(),
            heads.outcomes() + results.size(),
            heads.deliveries() + entry.keys().size()));
    for (int i = 0; i < entry.keys().size(); i++) {
      deliveries.heard(entry.keys().get(i), heads.deliveries() + 1 + i, now);
    }
    count(entry.readings().size(), readings, events);
    return kept;
  }

  private static Commit.Span span(long last, List<StoredFrame> frames) {
    return new Commit.Span(last + 1, last + frames.size());
  }

  /** A conflict is no end of the id that it conflicts with: that one keeps its own. */
  private static List<Event.Result> results(List<Event> events) {
    var results = new ArrayList<Event.Result>(0);
    for (var event : events) {
      if (event instanceof Event.Result result
          && !result.outcome().equals(new Outcome.Rejected("conflict"))) {
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

  private Commit.Refused refused(SQLException refusal) {
    if (Database.isGrave(refusal)) {
      readSide.close();
    }
    if (Database.isFull(refusal)) {
      room.isOut();
      ballast.drop();
    }
    return access.refused(refusal);
  }

  private void count(int told, List<StoredFrame> readings, List<StoredFrame> events) {
    long bytesOfReadings = committed(readings);
    long bytesOfEvents = committed(events);
    room.grew(bytesOfReadings, bytesOfEvents);
    long bytes = bytesOfReadings + bytesOfEvents;
    int frames = readings.size() + events.size();
    var before = written;
    written =
        new Written(
            before.commits() + 1,
            before.frames() + frames,
            before.readings() + told,
            before.bytes() + bytes,
            0,
            0,
            0);
    if (frames > 0) {
      wakes.forEach(Runnable::run);
    }
  }

  /**
   * Gives up old telemetry, step by step, until there is room or the time is over. Acknowledged
   * frames go first.
   */
  private void makeRoom(Moment at, Duration within) {
    long start = System.nanoTime();
    try {
      if (!room.isShort(access.side())) {
        return;
      }
      freeAcknowledged(at);
      while (room.isShort(access.side())
          && System.nanoTime() - start < within.toNanos()
          && stepDown(at)) {}
    } catch (SQLException refused) {
      refused(refused);
    }
  }

  /** Those that a sender may still repeat stay. Seldom, for it asks the disk about each run. */
  private void freeAcknowledged(Moment at) throws SQLException {
    if (System.nanoTime() - freed < FREEING_PACE.toNanos()) {
      return;
    }
    freed = System.nanoTime();
    long now = Math.max(served, servedAt(at));
    freeing().free(now, now - Deliveries.LIFETIME.toMillis());
    room.shrank();
  }

  /** Whether there may be more to give up. */
  private boolean stepDown(Moment at) throws SQLException {
    return switch (ladder.look(access.side(), at)) {
      case Way.End() -> false;
      case Way.On() -> true;
      case Way.Down(var step) -> keep(step, at);
    };
  }

  /** The step and the gap that tells of it, in one transaction. */
  private boolean keep(Step step, Moment at) {
    var track = tracks.of(Stream.READINGS);
    var entry = new Entry(at, List.of(), List.of(step.gap()), List.of(), List.of());
    var commit = commit(entry, side -> step.write(side, track));
    if (commit instanceof Commit.Kept) {
      stepped(step);
      return true;
    }
    var told = cut.events(access.heads().events(), at, entry.events());
    access.doubt(
        reached -> {
          if (reached) {
            told.forEach(tracks.of(Stream.EVENTS)::committed);
            stepped(step);
          } else {
            track.release();
          }
        });
    return false;
  }

  private void stepped(Step step) {
    tracks.of(Stream.READINGS).stepped(step);
    tracks.of(Stream.READINGS).release();
    ladder.went(step);
  }

  private Freeing freeing() {
    return new Freeing(access, tracks, deliveries);
  }

  private long committed(List<StoredFrame> frames) {
    long bytes = 0;
    for (var frame : frames) {
      tracks.of(frame.stream()).committed(frame);
      bytes += frame.rendered().payload().length;
    }
    return bytes;
  }

  /** Writes what was acknowledged since the last commit; for when the writer is idle. */
  public void persistCursors() {
    var cursors = tracks.unwritten();
    if (cursors.isEmpty()) {
      return;
    }
    try {
      var side = access.side();
      side.begin();
      side.cursors(cursors);
      side.commit();
      access.kept(access.heads());
      tracks.written(cursors);
    } catch (SQLException refused) {
      refused(refused);
    }
  }

  /**
   * Deletes acknowledged frames older than {@code keep}, and commands and deliveries whose time is
   * over, then makes room where the quota is reached. Call it once a minute; a call ends after half
   * a second, and the next goes on.
   *
   * @return how many frames it deleted, as far as is known
   */
  public long free(Duration keep) {
    var at = clock.now();
    long now = Math.max(served, servedAt(at));
    long frames;
    try {
      frames = freeing().free(now, now - keep.toMillis());
      room.shrank();
      ballast.lay();
      if (sending.isQuiet()) {
        knowWhatWasSent();
      }
    } catch (SQLException refused) {
      refused(refused);
      return 0;
    }
    freed = System.nanoTime();
    makeRoom(at, LONGEST_IN_HOUSE);
    return frames;
  }

  /** From here on a crash leaves no doubt of what was sent. */
  private void knowWhatWasSent() throws SQLException {
    var side = access.side();
    side.begin();
    side.cursors(tracks.all());
    side.commit();
    sending.ends();
  }

  /** Writes the cursors and moves the log into the file. On the writer's thread. */
  @Override
  public void close() {
    persistCursors();
    readSide.close();
    try {
      var side = access.side();
      sending.isQuiet();
      knowWhatWasSent();
      side.meta("served", Long.toString(Math.max(served, servedAt(clock.now()))));
      side.number("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException refused) {
      LOG.warn("closing: {}", Database.reason(refused));
    }
    access.close();
    sending.close();
  }

  void limit(long pages) throws SQLException {
    access.limit(pages);
  }

  void failAt(Fault at) {
    fault = at;
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
    return tracks.of(stream).last();
  }

  /** Answers with fewer than {@code most} once it has a MiB; empty also when the disk will not. */
  @Override
  public List<StoredFrame> unacknowledged(Stream stream, long from, long to, int most) {
    var track = tracks.of(stream);
    var frames = track.fromTail(from, to, most);
    while (frames == null) {
      long claims = track.claims();
      var read = fromDisk(stream, from, to, most);
      frames = track.handOut(read, claims) ? read : track.fromTail(from, to, most);
    }
    if (!frames.isEmpty()) {
      sending.begins();
    }
    return frames;
  }

  private List<StoredFrame> fromDisk(Stream stream, long from, long to, int most) {
    var frames = new ArrayList<StoredFrame>();
    long bytes = READ_BYTES;
    try {
      for (var hole = tracks.of(stream).hole(from, to);
          hole != null && frames.size() < most && bytes > 0;
          hole = hole.last() >= to ? null : tracks.of(stream).hole(hole.last() + 1, to)) {
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
    return tracks.of(stream).waiting();
  }

  @Override
  public void acknowledge(Stream stream, long seq) {
    tracks.of(stream).acknowledge(seq);
  }

  @Override
  public void acknowledge(Stream stream, long first, long last) {
    tracks.of(stream).acknowledge(first, last);
  }

  /** Asks the disk. Answers with fewer than {@code most} once it has a MiB. */
  @Override
  public @Nullable List<StoredFrame> kept(Stream stream, long from, long to, int most) {
    long end = Math.min(to, last(stream));
    if (from > end) {
      return List.of();
    }
    try {
      return readSide.frames(stream, new Commit.Span(from, end), most, READ_BYTES);
    } catch (SQLException refused) {
      LOG.warn("frames of {} from {}: {}", stream, from, Database.reason(refused));
      return null;
    }
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
        size(file.resolveSibling(Database.FILE + "-wal")),
        Card.written());
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException _) {
      return 0;
    }
  }
}

package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outbox;
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
 * <p>Ages are told by the journal's own time, which stands still while no process runs: no step of
 * a wall clock frees anything early.
 */
public final class Journal implements Outbox, AutoCloseable {

  /** Commands that {@link #commands} tells at most; of an older one {@link #command} tells. */
  public static final int MOST_TOLD = 5_000;

  /** How long a command's id and outcome are remembered. */
  public static final Duration COMMANDS_KEPT = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Clock clock;
  private final Ledger ledger;
  private final Damaged damaged = new Damaged();
  private final ReadSide readSide;
  private final Sending sending;
  private final Ballast ballast;
  private final LogWatch logWatch;
  private final Tally tally;
  private final Recovery recovery;
  private final Appending appending;
  private final Yielding yielding;
  private final Cursors cursors;
  private final Draining draining;
  private final Recall recall;
  private volatile long tooMuch; // readings up to here are to give way to their hours
  private volatile long spared; // and up to here they have

  private Journal(Path file, Ledger ledger, Quota quota, Sending sending, Clock clock) {
    this.clock = clock;
    this.ledger = ledger;
    this.sending = sending;
    var room = new Room(file, quota);
    readSide = new ReadSide(file, damaged);
    ballast = new Ballast(file);
    logWatch = new LogWatch(file);
    tally = new Tally(file);
    recovery = new Recovery(ledger.access(), readSide, room, ballast);
    appending = new Appending(ledger, room, tally, recovery);
    var ladder = new Ladder(ledger.cut(), ledger.tracks().of(Stream.READINGS), quota);
    yielding = new Yielding(ledger, ladder, room, appending, recovery, clock);
    cursors = new Cursors(ledger, sending);
    draining = new Draining(ledger.tracks(), readSide, sending);
    recall = new Recall(readSide, ledger.tracks(), ledger.cut().wire());
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
      var file = folder.resolve(Database.FILE);
      var sending = Sending.in(folder);
      var ledger =
          new Ledger(
              new Cut(gateway, opening.epoch(), wire),
              new WriteAccess(file, opening),
              Tracks.found(opening, sending, clock),
              opening.deliveries(),
              new Served(now, opening.served()));
      return new Journal(file, ledger, quota, sending, clock);
    } catch (IOException refused) {
      throw new JournalException(
          folder + ": not usable for the journal: '" + refused + "'; see --data", refused);
    } catch (SQLException refused) {
      throw new JournalException(folder + ": " + Database.reason(refused), refused);
    }
  }

  /**
   * A new journal that goes on where another board's ended: with its memory, an epoch of its own,
   * and no frame.
   *
   * @param folder in which there is none yet
   * @param memory as {@link Survey#memory} tells it
   */
  public static void begin(Path folder, byte[] memory) throws JournalException {
    var file = folder.resolve(Database.FILE);
    if (Files.exists(file)) {
      throw new JournalException("%s is there already".formatted(file));
    }
    try {
      Files.createDirectories(folder);
      Database.unpackBeside(folder);
      try (var connection = Database.write(file)) {
        // Nobody here knows how good the clock is.
        var at = new Moment(Instant.EPOCH, ClockQuality.NONE, Duration.ZERO);
        Schema.lay(connection, Epoch.begun(at, new SecureRandom()), null);
        try (var insert =
            connection.prepareStatement(
                "INSERT INTO snapshots (readings, events, at, body, sum) VALUES (0, 0, 0, ?, ?)")) {
          insert.setBytes(1, memory);
          insert.setLong(2, Sum.of(0, 0, memory));
          insert.executeUpdate();
        }
      }
    } catch (SQLException | IOException broken) {
      throw new JournalException("%s cannot be begun".formatted(file), broken);
    }
  }

  /** A damaged journal that was set aside, until the gap of {@link #found} is committed. */
  public @Nullable SetAside setAside() {
    return ledger.access().untold();
  }

  /** What the opening found that the city must be told: put it into the first entry. */
  public List<Event> found() {
    var aside = ledger.access().untold();
    if (aside == null) {
      return List.of();
    }
    var opened = ledger.served().opened();
    var gap = new Event.Gap(opened, null, 0, 0, "corrupt", Instead.NOTHING, null, null, 0);
    var file = aside.file().toString();
    return List.of(gap, new Event.Health(opened, "journal-damaged", file, aside.salvaged()));
  }

  /**
   * Keeps an entry whole, or not at all. Where the quota is reached, a little of the oldest
   * telemetry gives way before. On the writer's thread.
   */
  public Commit commit(Entry entry) {
    return commit(entry, null);
  }

  /**
   * As {@link #commit(Entry)}, together with what must be remembered from then on. It stands for
   * all readings up to those of the entry: later ones stay until the next, whoever has them.
   */
  public Commit commit(Entry entry, @Nullable Snapshot snapshot) {
    yielding.beforeCommit(entry.at());
    leaveOutDamaged(entry.at());
    if (snapshot == null) {
      return appending.append(entry, Appending.Also.NOTHING);
    }
    long at = ledger.served().at(snapshot.at());
    var commit =
        appending.append(entry, (side, after) -> side.snapshot(after, at, snapshot.body()));
    if (commit instanceof Commit.Kept) {
      ledger.tracks().of(Stream.READINGS).remembered();
    }
    return commit;
  }

  /** What a reader found damaged is told, and nobody waits for it any more. */
  private void leaveOutDamaged(Moment at) {
    var gaps = damaged.gaps(at);
    if (!gaps.isEmpty() && append(at, gaps) instanceof Commit.Kept) {
      damaged.told(gaps);
      for (var event : gaps) {
        if (event instanceof Event.Gap gap && gap.of() != null) {
          ledger.tracks().of(gap.of()).acknowledge(gap.from());
        }
      }
    }
  }

  private Commit append(Moment at, List<Event> events) {
    var entry = new Entry(at, List.of(), events, List.of(), List.of());
    return appending.append(entry, Appending.Also.NOTHING);
  }

  /** Writes what was acknowledged since the last commit; for when the writer is idle. */
  public void persistCursors() {
    try {
      cursors.persist();
    } catch (SQLException refused) {
      recovery.after(refused);
    }
  }

  /**
   * Deletes acknowledged frames older than {@code keep}, and commands and deliveries whose time is
   * over, then makes room where the quota is reached. Call it every few minutes; a call ends after
   * half a second, and the next goes on.
   *
   * @return how many frames it deleted, as far as is known
   */
  public long free(Duration keep) {
    var at = clock.now();
    long frames;
    try {
      frames = yielding.free(at, keep);
      ballast.lay();
      if (logWatch.hasBecomeMuch(ledger.access().side(), readSide)) {
        var subject = Database.FILE + "-wal";
        append(at, List.of(new Event.Health(at, "journal-log-grows", subject, List.of())));
      }
      if (sending.isQuiet()) {
        cursors.settle();
      }
    } catch (SQLException refused) {
      recovery.after(refused);
      return 0;
    }
    yielding.afterFreeing(at);
    return frames;
  }

  /**
   * Lets readings give way to their hours, as {@link #spare} asks for: as much as the writer can
   * wait for, and the next call goes on. On the writer's thread.
   */
  public void giveWay() {
    long upTo = tooMuch;
    if (spared < upTo) {
      spared = Math.max(spared, yielding.spare(clock.now(), upTo));
    }
  }

  /** Writes the cursors and moves the log into the file. On the writer's thread. */
  @Override
  public void close() {
    persistCursors();
    readSide.close();
    var access = ledger.access();
    try {
      var side = access.side();
      sending.isQuiet();
      cursors.settle();
      side.meta("served", Long.toString(ledger.served().toWrite(clock.now())));
      side.number("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException refused) {
      LOG.warn("closing: {}", Database.reason(refused));
    }
    access.close();
    sending.close();
  }

  /** The file grows to no more pages; 0 for as many as it likes. */
  void limit(long pages) throws SQLException {
    ledger.access().plant("PRAGMA max_page_count = " + (pages == 0 ? Integer.MAX_VALUE : pages));
  }

  /** Commits are no longer synced, each for itself. */
  void syncLess() throws SQLException {
    ledger.access().plant("PRAGMA synchronous = NORMAL");
  }

  void failAt(Fault at) {
    appending.failAt(at);
  }

  @Override
  public String epoch() {
    return ledger.cut().epoch();
  }

  @Override
  public long last(Stream stream) {
    return ledger.tracks().of(stream).last();
  }

  /** Answers with fewer than {@code most} once it has a MiB; empty also when the disk will not. */
  @Override
  public List<StoredFrame> unacknowledged(Stream stream, long from, long to, int most) {
    return draining.unacknowledged(stream, from, to, most);
  }

  @Override
  public long waiting(Stream stream) {
    return ledger.tracks().of(stream).waiting();
  }

  @Override
  public void acknowledge(Stream stream, long seq) {
    ledger.tracks().of(stream).acknowledge(seq);
  }

  @Override
  public void acknowledge(Stream stream, long first, long last) {
    ledger.tracks().of(stream).acknowledge(first, last);
  }

  /** Asks the disk. Answers with fewer than {@code most} once it has a MiB. */
  @Override
  public @Nullable List<StoredFrame> kept(Stream stream, long from, long to, int most) {
    return draining.kept(stream, from, Math.min(to, last(stream)), most);
  }

  @Override
  public void spare(long upTo) {
    tooMuch = Math.min(upTo, last(Stream.READINGS));
  }

  @Override
  public long spared() {
    return spared;
  }

  @Override
  public void whenCommitted(Runnable wake) {
    appending.whenCommitted(wake);
  }

  /** Whether a delivery of that key was acknowledged within the last 247 s. Asks no disk. */
  public boolean knows(String key) {
    return ledger.deliveries().knows(key, served());
  }

  /**
   * The readings told in frames of the last {@code age}, newest last, at most {@code most}: what a
   * redelivered message is compared with after a start.
   */
  public List<Wire.Told> recent(Duration age, int most) {
    return recall.recent(served() - age.toMillis(), most);
  }

  /** What an earlier process wanted remembered: the last snapshot and the one before it. */
  public List<Remembered> remembered() {
    return recall.remembered(ledger.served());
  }

  /** The first whole frames of readings after a seq, at most a page of them. */
  public List<Remembered.Later> later(long after) {
    return recall.later(after, ledger.served());
  }

  /**
   * The newest commands of the last seven days with what became of them, oldest first: {@link
   * #MOST_TOLD} at most.
   *
   * @param patience what was accepted longer ago and has no outcome is told without its content:
   *     nobody waits for its effect any more. Only the time for which a process ran counts.
   */
  public List<Known> commands(Duration patience) {
    long now = served();
    return recall.commands(now - COMMANDS_KEPT.toMillis(), now - patience.toMillis());
  }

  /**
   * What is known of an id, however many came after it, without the content of what has no outcome.
   * For the writer's thread, before it commits a command of that id.
   *
   * @throws JournalException when nobody can say now
   */
  public @Nullable Known command(String id) throws JournalException {
    return recall.command(id);
  }

  /** What was written since the opening, and the files' sizes now. */
  public Written written() {
    return tally.written();
  }

  /** Bytes of the payloads committed since the opening. Asks no disk: fit for every commit. */
  public long payload() {
    return tally.payload();
  }

  /** The readings that will not come, by the reason that was told, since the opening. */
  public Map<String, Lost> lost() {
    return tally.lost();
  }

  /** The age of the oldest frame that waits for the city; zero when none does. Asks the disk. */
  public Duration oldestWaiting(Stream stream) {
    var hole = ledger.tracks().of(stream).hole(1, last(stream));
    try {
      long at = hole == null ? -1 : readSide.at(stream, hole);
      return at < 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, served() - at));
    } catch (SQLException refused) {
      LOG.debug("oldest of {}: {}", stream, Database.reason(refused));
      return Duration.ZERO;
    }
  }

  private long served() {
    return ledger.served().at(clock.now());
  }
}

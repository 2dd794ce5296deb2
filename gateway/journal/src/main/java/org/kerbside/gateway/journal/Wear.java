package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway has cost its card over all its starts, and how long the card will last.
 *
 * <p>Bytes are those that the kernel sent to storage for this process, with journals and metadata
 * ({@code /proc/self/io}). A kill costs the count up to an hour. Life in years = endurance ÷ bytes
 * a day ÷ 365.25. The endurance, in bytes that may be written from outside, is what the site says
 * ({@code journal: { endurance: 20TB }}, from the card's data sheet), or else capacity × cycles ÷
 * amplification: the file system's size, 1,000 cycles (a third of what makers state for TLC), and
 * ten bytes programmed for one written, because a card without a cache rewrites whole blocks for
 * small synced writes. Only what this process writes is counted: logs and the system's own come on
 * top. Thread-safe.
 */
public final class Wear {

  /** In the data folder: total bytes, measured seconds, today's date and bytes. */
  static final String FILE = "wear";

  /** Before so much time was measured nobody can say what a day costs. */
  static final Duration LEAST = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Wear.class);

  private static final long CYCLES = 1_000;
  private static final long AMPLIFICATION = 10;
  private static final double DAYS_A_YEAR = 365.25;
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration SAVE = Duration.ofHours(1);

  private final Path folder;
  private final Path file;
  private final ZoneId zone;
  private final @Nullable Long stated;
  private final LongSupplier card;

  // Guarded by this.
  private long seen; // of this process, at the last look
  private long total;
  private Duration measured;
  private LocalDate day;
  private long today;
  private @Nullable Moment looked;
  private @Nullable Moment saved;

  /** What an earlier start left. */
  private record Saved(long total, Duration measured, LocalDate day, long today) {
    static final Saved NOTHING = new Saved(0, Duration.ZERO, LocalDate.EPOCH, 0);
  }

  /**
   * What is known.
   *
   * @param today bytes since midnight, by the site's calendar
   * @param total bytes since the data folder was made
   * @param perDay bytes, over all that was measured; absent before an hour was
   * @param years that the card will last from new; absent likewise
   */
  public record Figures(long today, long total, @Nullable Long perDay, @Nullable Double years) {}

  /**
   * @param endurance bytes that the card takes, as the site says; absent: from its capacity
   */
  public Wear(Path folder, ZoneId zone, @Nullable Long endurance) {
    this(folder, zone, endurance, Card::written);
  }

  Wear(Path folder, ZoneId zone, @Nullable Long endurance, LongSupplier card) {
    this.folder = folder;
    file = folder.resolve(FILE);
    this.zone = zone;
    stated = endurance;
    this.card = card;
    var before = read();
    total = before.total;
    measured = before.measured;
    day = before.day;
    today = before.today;
  }

  /** Looks once a minute, however often it is called. */
  public synchronized void note(Moment now) {
    if (looked == null || now.since(looked).compareTo(LOOK) >= 0) {
      look(now);
    }
    if (saved == null || now.since(saved).compareTo(SAVE) >= 0) {
      save(now);
    }
  }

  /** As of now. */
  public synchronized Figures figures(Moment now) {
    look(now);
    if (measured.compareTo(LEAST) < 0) {
      return new Figures(today, total, null, null);
    }
    long perDay = Math.round((double) total / measured.toSeconds() * 86_400);
    var endurance = endurance();
    return new Figures(
        today,
        total,
        perDay,
        endurance == null || perDay == 0 ? null : endurance / (double) perDay / DAYS_A_YEAR);
  }

  /** For an orderly stop. */
  public synchronized void save(Moment now) {
    look(now);
    saved = now;
    var fresh = file.resolveSibling(FILE + ".new");
    try {
      Files.writeString(fresh, "%d %d %s %d\n".formatted(total, measured.toSeconds(), day, today));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      LOG.debug("{}: not saved", file, refused);
    }
  }

  private void look(Moment now) {
    long written = card.getAsLong();
    long more = written - seen;
    seen = written;
    total += more;
    if (looked != null) {
      measured = measured.plus(now.since(looked));
    }
    looked = now;
    var date = now.wall().atZone(zone).toLocalDate();
    if (now.clock() != ClockQuality.NONE && !date.equals(day)) {
      today = 0;
      day = date;
    }
    today += more;
  }

  private @Nullable Long endurance() {
    if (stated != null) {
      return stated;
    }
    try {
      return Files.getFileStore(folder).getTotalSpace() / AMPLIFICATION * CYCLES;
    } catch (IOException unknown) {
      return null;
    }
  }

  private Saved read() {
    try {
      var words = Files.readString(file).strip().split(" ", 4);
      return words.length < 4
          ? Saved.NOTHING
          : new Saved(
              Long.parseLong(words[0]),
              Duration.ofSeconds(Long.parseLong(words[1])),
              LocalDate.parse(words[2]),
              Long.parseLong(words[3]));
    } catch (IOException | NumberFormatException | DateTimeParseException none) {
      return Saved.NOTHING;
    }
  }
}

package org.kerbside.config;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code journal: { flash: 100MB/day, quota: 512MB, history: 32MB }}; what is absent has
 * these values. {@code endurance: 20000GB}, what the card takes in its life, has none.
 */
final class JournalReader {

  private static final long FLASH = 100_000_000;
  private static final long QUOTA = 512_000_000;
  private static final long HISTORY = 32_000_000;
  private static final long LEAST_HISTORY = 1_000_000; // a day of a small site's minutes
  private static final long LEAST_QUOTA =
      8_000_000; // below, even an hour's outage would be thinned

  private final Mistakes mistakes;

  JournalReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  JournalConfig read(@Nullable Section own) {
    if (own == null) {
      return new JournalConfig(FLASH, QUOTA, HISTORY, null);
    }
    var config =
        new JournalConfig(
            flash(own.text("flash")),
            quota(own.text("quota")),
            history(own.text("history")),
            endurance(own.text("endurance")));
    own.refuseOthers("'journal'");
    return config;
  }

  private @Nullable Long flash(@Nullable Text text) {
    if (text == null) {
      return FLASH;
    }
    return text.text().equals("none") ? null : ByteCounts.read(text, "100MB/day", mistakes);
  }

  private long quota(@Nullable Text text) {
    Long quota = text == null ? null : ByteCounts.read(text, "512MB", mistakes);
    if (text == null || quota == null) {
      return QUOTA;
    }
    if (quota < LEAST_QUOTA) {
      mistakes.add(
          text.mark(), "E103", "'%s' is out of range".formatted(text), "write 8MB or more");
    }
    return quota;
  }

  private long history(@Nullable Text text) {
    Long bytes = text == null ? null : ByteCounts.read(text, "32MB", mistakes);
    if (text == null || bytes == null) {
      return HISTORY;
    }
    if (bytes < LEAST_HISTORY) {
      mistakes.add(
          text.mark(), "E103", "'%s' is out of range".formatted(text), "write 1MB or more");
    }
    return bytes;
  }

  private @Nullable Long endurance(@Nullable Text text) {
    return text == null ? null : ByteCounts.read(text, "20000GB", mistakes);
  }
}

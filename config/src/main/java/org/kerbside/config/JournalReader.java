package org.kerbside.config;

import org.jspecify.annotations.Nullable;

/** Reads {@code journal: { flash: 100MB/day, quota: 512MB }}; what is absent has these values. */
final class JournalReader {

  private static final long FLASH = 100_000_000;
  private static final long QUOTA = 512_000_000;
  private static final long LEAST_QUOTA =
      8_000_000; // below, even an hour's outage would be thinned

  private final Mistakes mistakes;

  JournalReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  JournalConfig read(@Nullable Section own) {
    if (own == null) {
      return new JournalConfig(FLASH, QUOTA);
    }
    var config = new JournalConfig(flash(own.text("flash")), quota(own.text("quota")));
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
}

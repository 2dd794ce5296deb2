package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process costs the card, as the kernel counts it: with journals, logs and metadata. */
final class Card {

  private static final Path COUNTS = Path.of("/proc/self/io");
  private static final String WRITTEN = "write_bytes: ";

  private Card() {}

  /** Bytes sent to storage since the process started; 0 where the kernel does not say. */
  static long written() {
    try {
      for (var line : Files.readAllLines(COUNTS, US_ASCII)) {
        if (line.startsWith(WRITTEN)) {
          return Long.parseLong(line.substring(WRITTEN.length()));
        }
      }
      return 0;
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }
}

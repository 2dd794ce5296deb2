package org.kerbside.gateway.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What patched classes call inside the gateway's process: they note what they do, and die where
 * they are told to. Told by the environment, so that one patch serves many runs. Thread-safe.
 */
public final class Probe {

  /** The file of notes, one a line; it outlives the process. */
  static final String NOTES = "PROBE_NOTES";

  /** {@code label:n}: the n-th time that the label is passed is the last. */
  static final String HALT = "PROBE_HALT";

  /** As after SIGKILL. */
  static final int KILLED = 137;

  private static final String[] HALTING =
      System.getenv().getOrDefault(HALT, "nowhere:0").split(":", 2);
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.parseInt(HALTING[1]));

  private Probe() {}

  /** Notes a line. */
  public static void note(String line) {
    var file = System.getenv(NOTES);
    if (file != null) {
      try {
        Files.writeString(
            Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException lost) {
        throw new UncheckedIOException(lost);
      }
    }
  }

  /** A labelled point: nothing, or the end. */
  public static void pass(String label) {
    if (label.equals(HALTING[0]) && LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}

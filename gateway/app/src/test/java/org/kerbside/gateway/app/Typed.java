package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is typed behind {@code kerbside}, run as a process of its own to its end.
 *
 * @param exit its exit code
 */
record Typed(int exit, String out, String err) {

  static Typed of(String... words) throws IOException, InterruptedException {
    var out = Files.createTempFile("typed", "out");
    var err = Files.createTempFile("typed", "err");
    var process =
        Launch.typed(List.of(words))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      boolean ended = process.waitFor(30, TimeUnit.SECONDS);
      var typed =
          new Typed(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
      if (!ended) {
        throw new AssertionError("%s does not end: %s".formatted(List.of(words), typed));
      }
      return typed;
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }
}

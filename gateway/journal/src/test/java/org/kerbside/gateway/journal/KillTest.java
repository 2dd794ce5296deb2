package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 1: whatever a process said is kept, is kept after {@code kill -9}. */
class KillTest {

  private static final int KILLS = 20;
  private static final long SEED = 4711;

  @TempDir Path folder;

  @Test
  void keepsWhatItSaidOverTwentyKills() throws Exception {
    var chance = new Random(SEED);
    long said = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      long before = said;
      said = killAfter(1 + chance.nextInt(60));
      assertThat(said).isGreaterThan(before);
      check(kill, said);
    }
  }

  /** Reads so many lines, kills without warning, and reads what was still said; the last. */
  private long killAfter(int lines) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Committing.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int heard = 0;
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        last = Long.parseLong(line);
        if (++heard == lines) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor()).isEqualTo(137);
    return last;
  }

  private void check(int kill, long said) throws Exception {
    try (var bench = new Bench(folder)) {
      var journal = bench.journal;
      assertThat(journal.setAside()).isNull();
      assertThat(journal.last(READINGS)).as("kill %d", kill).isGreaterThanOrEqualTo(said);
      long next = 1;
      for (var seq : seqs()) {
        // A kill between two writes of a frame leaves what a torn commit leaves.
        next += seq == next + Jump.FAR ? Jump.FAR : 0;
        assertThat(seq).as("kill %d", kill).isEqualTo(next++);
      }
      assertThat(next - 1).isEqualTo(journal.last(READINGS));
    }
  }

  /** Of every frame in the file, acknowledged or not; each has its place in its own bytes. */
  private List<Long> seqs() throws Exception {
    var seqs = new ArrayList<Long>();
    try (var file = Database.read(folder.resolve(Database.FILE));
        var statement = file.createStatement();
        var row = statement.executeQuery("SELECT seq, body FROM readings ORDER BY seq")) {
      while (row.next()) {
        var head = new String(row.getBytes(2), UTF_8).lines().findFirst().orElse("");
        assertThat(head).endsWith(" d " + row.getLong(1));
        seqs.add(row.getLong(1));
      }
    }
    return seqs;
  }
}

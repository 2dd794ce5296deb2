package org.kerbside.gateway.journal;

import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.file.Path;
import java.util.List;

/** The process that {@link KillTest} kills: commits without end and prints what is kept. */
final class Committing {

  private Committing() {}

  public static void main(String[] arguments) throws Exception {
    try (var bench = new Bench(Path.of(arguments[0]))) {
      var journal = bench.journal;
      for (int i = 0; ; i++) {
        var key = "key-" + (journal.last(READINGS) + 1);
        var entry = bench.entry(bench.some(1 + i % 700), List.of(), List.of(), List.of(key));
        if (journal.commit(entry) instanceof Commit.Kept(var readings, _)) {
          System.out.println(readings.last());
          System.out.flush();
        }
        if (i % 50 == 49) {
          journal.acknowledge(READINGS, journal.last(READINGS));
        }
      }
    }
  }
}

package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.testkit.DiskLog;

/**
 * The process of {@link NthCallTest}: a short life of a journal on a disk that fails somewhere, and
 * what it promised all the same, for {@link Promises}. Told line by line what to do.
 */
final class Trial {

  private static final int TRIES = 3;

  private final Path folder;
  private final Path log;
  private final Random chance;
  private final HandClock clock = new HandClock();
  private @Nullable Bench bench;
  private String refused = "nothing";

  private Trial(Path folder, Path log, Random chance) {
    this.folder = folder;
    this.log = log;
    this.chance = chance;
  }

  /** {@code live FOLDER SEED}, then {@code mend}; each is answered with a line. */
  public static void main(String[] arguments) throws IOException {
    var log = Path.of(arguments[0]);
    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    var trial = new Trial(log, log, new Random());
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var words = line.split(" ", -1);
      try {
        if (words[0].equals("live")) {
          trial = new Trial(Path.of(words[1]), log, new Random(Long.parseLong(words[2])));
          trial.live();
          System.out.println("lived, refused: " + trial.refused);
        } else {
          trial.mend();
          System.out.println("mended");
        }
      } catch (JournalException refused) {
        System.out.println("not opened: " + refused.getMessage());
      } catch (RuntimeException | IOException mistake) {
        System.out.println("mistake: " + mistake);
      }
    }
  }

  private void live() throws IOException, JournalException {
    var open = open();
    for (int i = 0; i < 8; i++) {
      commit(open, 1 + chance.nextInt(60));
    }
    promise("city 4");
    open.journal.acknowledge(READINGS, 1, 4);
    open.journal.persistCursors();
    for (int i = 0; i < 8; i++) {
      commit(open, 300 + chance.nextInt(400)); // together more than a checkpoint waits for
    }
    open.journal.free(Duration.ZERO);
    close();
    open = open();
    for (int i = 0; i < 4; i++) {
      commit(open, 1 + chance.nextInt(60));
    }
  }

  private Bench open() throws IOException, JournalException {
    var opened = new Bench(folder, new PlainWire(), clock);
    bench = opened;
    promise("epoch " + opened.journal.epoch());
    return opened;
  }

  /** As one who comes after it would find the disk: whole. */
  private void mend() throws IOException, JournalException {
    var open = bench == null ? open() : bench;
    int tries = 0;
    while (!commit(open, 1)) {
      if (++tries == TRIES) {
        throw new IOException("healed, and still refused: " + refused);
      }
    }
    for (int i = 0; i < 3; i++) {
      if (!commit(open, 1 + chance.nextInt(60))) {
        throw new IOException("refused again: " + refused);
      }
    }
    close();
  }

  private void close() {
    if (bench != null) {
      bench.close();
    }
    bench = null;
  }

  private boolean commit(Bench open, int readings) throws IOException {
    clock.pass(Duration.ofSeconds(5));
    var journal = open.journal;
    var key = "key-" + clock.now().sinceBoot().toSeconds();
    var command = "command-" + key;
    var entry =
        open.entry(open.some(readings), List.of(), List.of(Bench.command(command)), List.of(key));
    return switch (journal.commit(entry)) {
      case Commit.Kept(var frames, _) -> {
        promise("kept %d %d".formatted(journal.last(READINGS), journal.last(EVENTS)));
        if (frames.count() == 1) {
          promise("frame %d %d".formatted(frames.last(), readings));
        }
        promise("key " + key);
        promise("command " + command);
        yield true;
      }
      case Commit.Refused(var reason) -> {
        refused = reason;
        promise("refused " + command);
        yield false;
      }
    };
  }

  private void promise(String text) throws IOException {
    DiskLog.note(log, text);
  }
}

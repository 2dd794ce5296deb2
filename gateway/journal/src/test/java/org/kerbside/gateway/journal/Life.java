package org.kerbside.gateway.journal;

import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.kerbside.drivers.testkit.DiskLog;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outcome;

/**
 * The process of {@link CrashPointsTest}: all that may become of a journal, and in the log beside
 * it what was promised at each instant, for {@link Promises}.
 */
final class Life {

  private static final Quota AMPLE = new Quota(512_000_000, Set.of());
  private static final Quota TIGHT = new Quota(150_000, Set.of());

  private final Path folder;
  private final Path log;
  private final Random chance;
  private final HandClock clock = new HandClock();
  private Bench bench;
  private int commands;

  private Life(Path folder, Path log, Random chance) throws Exception {
    this.folder = folder;
    this.log = log;
    this.chance = chance;
    bench = opened(AMPLE);
  }

  /** Folder, log, seed; and {@code normal} for one that does not sync each commit. */
  public static void main(String[] arguments) throws Exception {
    var chance = new Random(Long.parseLong(arguments[2]));
    var life = new Life(Path.of(arguments[0]), Path.of(arguments[1]), chance);
    if (arguments.length > 3) {
      life.bench.journal.syncLess();
      life.commits(40);
      return;
    }
    life.commits(40);
    life.reopen(AMPLE);
    life.commits(40);
    life.freed();
    life.reopen(TIGHT);
    life.commits(60);
    life.reopen(AMPLE);
    life.damaged();
    life.commits(20);
    life.bench.close();
  }

  private Bench opened(Quota quota) throws Exception {
    var opened = new Bench(folder, new PlainWire(), quota, clock);
    say("epoch " + opened.journal.epoch());
    return opened;
  }

  private void reopen(Quota quota) throws Exception {
    bench.close();
    bench = opened(quota);
  }

  private void say(String promise) throws IOException {
    DiskLog.note(log, promise);
  }

  private void commits(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clock.pass(Duration.ofSeconds(30));
      commit();
      if (chance.nextInt(20) == 0) {
        bench.journal.persistCursors();
      }
    }
  }

  private void commit() throws IOException {
    var journal = bench.journal;
    var key = "key-" + journal.last(READINGS) + "-" + clock.now().sinceBoot().toSeconds();
    var command = chance.nextInt(4) == 0 ? "command-" + ++commands : null;
    var entry =
        bench.entry(
            bench.some(1 + chance.nextInt(chance.nextInt(10) == 0 ? 700 : 60)),
            events(),
            command == null ? List.of() : List.of(Bench.command(command)),
            List.of(key));
    if (journal.commit(entry) instanceof Commit.Kept) {
      say("kept %d %d".formatted(journal.last(READINGS), journal.last(EVENTS)));
      say("key " + key);
      if (command != null) {
        say("command " + command);
      }
    }
  }

  private List<Event> events() {
    if (commands > 0 && chance.nextInt(6) == 0) {
      return List.of(
          new Event.Result(clock.now(), "command-" + commands, new Outcome.Failed("planted")));
    }
    return chance.nextInt(3) == 0
        ? List.of(new Event.Health(clock.now(), "malformed", "a", List.of()))
        : List.of();
  }

  /** The city has half of the readings. */
  private void freed() throws IOException {
    long half = bench.journal.last(READINGS) / 2;
    say("city " + half);
    bench.journal.acknowledge(READINGS, 1, half);
    bench.journal.free(Duration.ZERO);
  }

  private void damaged() throws Exception {
    say("damaged");
    bench.close();
    try (var file = FileChannel.open(folder.resolve(Database.FILE), StandardOpenOption.WRITE)) {
      var noise = new byte[1500];
      chance.nextBytes(noise);
      file.write(ByteBuffer.wrap(noise), Files.size(folder.resolve(Database.FILE)) / 2);
      file.force(false);
    }
    clock.pass(Duration.ofSeconds(1));
    bench = opened(AMPLE);
  }
}

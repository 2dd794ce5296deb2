package org.kerbside.gateway.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.uplink.JsonWire;

/**
 * The demo's street from dusk to night, twice: once with an honest wall clock, once with one that
 * jumps by ten years and back. Everything but the news of the jumps is the same.
 */
@Timeout(120)
class ClockStepTest {

  private static final Instant DUSK = Instant.parse("2026-07-01T11:30:00Z"); // 19:30 in Chengdu
  private static final Instant RELEASED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration YEARS = Duration.ofDays(3_652);
  private static final int MINUTES = 240;

  /** What a run of the street left behind. */
  private record Evening(
      List<Reading> readings, List<Event> events, List<String> moves, long last, int left) {}

  @TempDir private Path folder;

  @Test
  void aJumpOfTenYearsChangesNoRuleNoOrderNoLeaseAndNoSeq() throws Exception {
    var steady = evening("steady", Map.of());
    var jumpy =
        evening("jumpy", Map.of(20, YEARS, 60, YEARS.negated(), 100, YEARS.negated(), 230, YEARS));

    assertThat(steady.moves()).as("lamps were lit").anyMatch(move -> move.startsWith("lamp-1"));
    assertThat(steady.moves()).as("a lease ended").contains("zone-1 valve 1.0", "zone-1 valve 0.0");
    assertThat(steady.events())
        .as("a bin ran over")
        .anyMatch(event -> event instanceof Event.AlarmChanged);
    assertThat(jumpy.readings()).isEqualTo(steady.readings());
    assertThat(jumpy.moves()).isEqualTo(steady.moves());
    assertThat(without(jumpy.events())).isEqualTo(steady.events());
    assertThat(jumpy.events()).filteredOn(event -> event instanceof Event.Clock).hasSize(4);
    assertThat(jumpy.last()).isEqualTo(steady.last());
    assertThat(jumpy.left())
        .as("what was too young to go")
        .isEqualTo(steady.left())
        .isLessThan((int) steady.last());
  }

  private Evening evening(String name, Map<Integer, Duration> jumps) throws Exception {
    var plan = plan();
    var data = Files.createDirectories(folder.resolve(name));
    var board = new HandBoard(DUSK);
    var clock =
        new SystemClock(
            board,
            new Timekeeping(RELEASED, null, "here", Lasting.GOES_ON_WHILE_OFF),
            new KnownTime(data),
            board.kernel());
    var street = new Recorded();
    var wire = new JsonWire(plan.config().site().id(), "k3f09a2z", null);
    try (var journal =
        Journal.open(
            data, plan.config().site().id(), wire, new Quota(512_000_000, Set.of()), clock)) {
      var pipeline =
          new Pipeline(
              plan.config(),
              plan.rules(),
              new Pipeline.Around(
                  journal,
                  Map.of("sim", street::move),
                  Set.of(),
                  () -> new UplinkView(UplinkView.State.DOWN, 0, 0, DUSK, null),
                  street,
                  readings -> {},
                  street::committed,
                  clock));
      pipeline.start();
      for (int minute = 0; minute < MINUTES; minute++) {
        board.pass(Duration.ofMinutes(1));
        var jump = jumps.get(minute);
        if (jump != null) {
          board.step(jump);
          clock.check(pipeline::arrive);
        }
        if (minute == 30) {
          pipeline.arrive(order(clock.now().wall().plusSeconds(60)));
          street.awaitAccepted();
        }
        say(pipeline, minute, clock.now().wall());
        if (minute == 120) {
          IntStream.rangeClosed(1, 20).forEach(seq -> journal.acknowledge(Stream.READINGS, seq));
        }
      }
      pipeline.stop();
      journal.free(Recent.AGE);
      long last = journal.last(Stream.READINGS);
      int left = requireNonNull(journal.kept(Stream.READINGS, 1, last, 10_000)).size();
      return new Evening(street.readings, street.events, street.moves, last, left);
    }
  }

  private static Plan plan() {
    var site = GatewayProcess.home().resolve("config/sites/demo.yaml");
    var plan = Plan.read(site, List.of(), new Mistakes());
    if (plan == null) {
      throw new AssertionError(site + " has mistakes");
    }
    return plan;
  }

  /** A bin fills with its own time on each reading; the last of it is heard when it is durable. */
  private static void say(Pipeline pipeline, int minute, Instant now) throws Exception {
    var committed = new CountDownLatch(1);
    var distance = Math.max(.25, 1.2 - minute * .01);
    var sample = Sample.of("distance", distance, Unit.METRE).at(now);
    pipeline
        .doorway("sim")
        .put(
            new Delivery(
                "bin-1",
                List.of(sample),
                List.of(),
                new Kept(committed),
                Delivery.Sending.FIRST,
                null));
    assertThat(committed.await(20, TimeUnit.SECONDS)).as("minute %d", minute).isTrue();
  }

  private static Command order(Instant expires) {
    return new Command(
        "c-1",
        "set",
        "zone-1/valve",
        new Value.Num(1),
        Issuer.CITY,
        "dispatch:zhang",
        null,
        expires,
        Duration.ofMinutes(45),
        "f");
  }

  private static List<Event> without(List<Event> events) {
    return events.stream().filter(event -> !(event instanceof Event.Clock)).toList();
  }

  private record Kept(CountDownLatch latch) implements Receipt {

    @Override
    public void kept() {
      latch.countDown();
    }

    @Override
    public void refused(String reason) {}
  }

  /** What came out of the pipeline. */
  private static final class Recorded implements ProgressListener {

    final List<Reading> readings = new CopyOnWriteArrayList<>();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<String> moves = new CopyOnWriteArrayList<>();
    private final CountDownLatch running = new CountDownLatch(1);

    void move(String device, String quantity, @Nullable Value value) {
      moves.add(
          "%s %s %s"
              .formatted(
                  device, quantity, value instanceof Value.Num(var number) ? number : value));
    }

    void committed(Batch batch) {
      readings.addAll(batch.readings());
      events.addAll(batch.events());
    }

    void awaitAccepted() throws InterruptedException {
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void progress(String command, Progress progress) {
      if (progress == Progress.RUNNING) {
        running.countDown();
      }
    }

    @Override
    public void ended(Event.Result result) {}
  }
}

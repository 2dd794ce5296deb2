package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.journal.Commit;
import org.kerbside.gateway.journal.Entry;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.uplink.JsonWire;

/** The journal's ladder on the frames that the city really gets. */
class QuotaTest {

  private static final Pattern GAP =
      Pattern.compile("\"of\":\"d\",\"from\":(\\d+),\"to\":(\\d+),\"reason\":\"quota\"");

  @TempDir private Path data;
  private final JsonWire wire = new JsonWire("TEST-1", "boot0000", 1024);
  private final Random chance = new Random(3);
  private final Map<Long, double[]> told = new HashMap<>();
  private Moment now = Street.START;

  @Test
  void whatIsThinnedIsExplainedAndItsExtremesArrive() throws Exception {
    var quota = new Quota(100_000, Set.of());
    try (var journal = Journal.open(data, "TEST-1", wire, quota, new Hand())) {
      for (int i = 0; i < 400; i++) {
        assertThat(journal.commit(entry())).isInstanceOf(Commit.Kept.class);
      }
      var came = new HashMap<Long, double[]>();
      var seqs = new HashSet<Long>();
      int thinned = 0;
      for (var frame : all(journal, Stream.READINGS)) {
        seqs.add(frame.seq());
        var contents = wire.contents(frame.rendered());
        thinned += contents.thin() == null ? 0 : 1;
        for (var line : contents.lines()) {
          if (line.value() instanceof Value.Num(var number)) {
            note(came, line.at().getEpochSecond() / 3600, number);
          }
        }
      }
      for (var event : all(journal, Stream.EVENTS)) {
        var gap = GAP.matcher(new String(event.rendered().payload(), UTF_8));
        assertThat(gap.find()).isTrue();
        for (long seq = Long.parseLong(gap.group(1)); seq <= Long.parseLong(gap.group(2)); seq++) {
          seqs.add(seq);
        }
      }
      assertThat(thinned).isPositive();
      assertThat(seqs).hasSize((int) journal.last(Stream.READINGS));
      assertThat(came.keySet()).isEqualTo(told.keySet());
      came.forEach((hour, extremes) -> assertThat(extremes).isEqualTo(told.get(hour)));
    }
  }

  /** Shows what the test says. */
  private final class Hand implements Clock {

    @Override
    public Moment now() {
      return now;
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }

  private Entry entry() {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < 40; i++) {
      double value = Math.rint(chance.nextGaussian() * 100) / 100;
      now = now.plus(Duration.ofMillis(500));
      note(told, now.wall().getEpochSecond() / 3600, value);
      var number = new Value.Num(value);
      readings.add(Reading.good(Street.DISTANCE, number, now, Reading.Timing.RECEIPT));
    }
    return new Entry(now, readings, List.of(), List.of(), List.of());
  }

  private static void note(Map<Long, double[]> extremes, long hour, double value) {
    var both = extremes.computeIfAbsent(hour, _ -> new double[] {value, value});
    both[0] = Math.min(both[0], value);
    both[1] = Math.max(both[1], value);
  }

  private static List<StoredFrame> all(Journal journal, Stream stream) {
    var frames = new ArrayList<StoredFrame>();
    for (long from = 1; ; from = frames.getLast().seq() + 1) {
      var page = journal.unacknowledged(stream, from, Long.MAX_VALUE, 100);
      if (page.isEmpty()) {
        return frames;
      }
      frames.addAll(page);
    }
  }
}

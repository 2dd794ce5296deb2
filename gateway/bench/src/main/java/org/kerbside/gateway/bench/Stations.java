package org.kerbside.gateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.Senml;
import org.kerbside.drivers.api.SenmlPack;
import org.kerbside.gateway.app.Screen;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.journal.Commit;
import org.kerbside.gateway.journal.Entry;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.rules.Decided;
import org.kerbside.rules.Engine;
import org.kerbside.rules.Memory;
import org.kerbside.rules.RuleBook;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The stations of the flow one by one, each per reading, on the bench's own site: which of them a
 * slower whole is to be looked for in.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Stations {

  static final int BATCH = 100;
  private static final int RECORDS = 8;

  private static final Moment NOW =
      new Moment(Instant.parse("2026-07-01T04:00:00Z"), ClockQuality.SYNC, Duration.ofMinutes(1));

  private final byte[] pack = pack();
  private final Sample sample = Sample.of("p0", 42.5, Unit.RATIO);
  private final JsonWire wire = new JsonWire("BENCH-1", "boot0000", null);
  private final Engine engine;
  private final Memory memory;
  private final List<Reading> readings;
  private final Path data;
  private final Journal journal;
  private long seq;

  /** Makes the site and the journal of a run; JMH calls it. */
  public Stations() {
    try {
      var site = site();
      engine = RuleBook.read(site, new Mistakes()).engine();
      memory = engine.start();
      readings = readings(site);
      data = folder();
      journal = journal();
    } catch (Exception unfit) {
      throw new IllegalStateException("no stations on this machine", unfit);
    }
  }

  /** Protects the buses' threads: SenML, eight records a pack. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public SenmlPack decode() throws DeviceException.BadTelegram {
    return Senml.decode(Senml.Form.JSON, pack, NOW.wall());
  }

  /** Protects control's turn: unit, type, range, time. */
  @Benchmark
  public Reading screen() {
    return Objects.requireNonNull(Screen.read(sample, readings.getFirst().point(), NOW));
  }

  /** Protects control's turn: every fourth reading is a rule's, and stays quiet. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Decided evaluate() {
    return engine.apply(memory, readings, List.of(), NOW);
  }

  /** Protects the writer: the frame that goes to the disk and to the city. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Rendered encode() {
    return wire.render(
        new Frame.Readings(
            new Place("BENCH-1", "e0000000", Stream.READINGS, ++seq), NOW, readings));
  }

  /** Protects the promise: a commit of a hundred readings, synced. Mostly the disk's time. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Commit append() {
    var commit = journal.commit(new Entry(NOW, readings, List.of(), List.of(), List.of()));
    journal.acknowledge(Stream.READINGS, journal.last(Stream.READINGS));
    return commit;
  }

  /** The journal and its folder go. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    journal.close();
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static byte[] pack() {
    var text = new StringBuilder("[");
    for (int i = 0; i < RECORDS; i++) {
      text.append(i == 0 ? "" : ",")
          .append("{\"n\":\"a%d/p%d\",\"u\":\"/\",\"v\":%d.5}".formatted(i / 4, i % 4, i));
    }
    return text.append(']').toString().getBytes(UTF_8);
  }

  private static SiteConfig site() throws Exception {
    var mistakes = new Mistakes();
    var reader = new SiteReader(Kinds.TABLE, Profiles.shipped(), Set.of("mqtt"));
    var file = Gateway.home().resolve("config/sites/mqtt-field.yaml");
    return Objects.requireNonNull(reader.read(file, List.of(), mistakes), mistakes::toString);
  }

  private static List<Reading> readings(SiteConfig site) {
    var all = new ArrayList<Reading>();
    for (var asset : site.assets()) {
      for (Point point : asset.points()) {
        if (all.size() < BATCH) {
          all.add(Reading.good(point, new Value.Num(42.5), NOW, Reading.Timing.SOURCE));
        }
      }
    }
    return all;
  }

  private static Path folder() throws Exception {
    var target = Gateway.home().resolve("gateway/bench/target/data");
    return Files.createTempDirectory(Files.createDirectories(target), "stations");
  }

  private Journal journal() throws Exception {
    return Journal.open(data, "BENCH-1", wire, new Quota(512_000_000, Set.of()), new StoodStill());
  }

  /** Every commit at the same moment: nothing grows old while it is measured. */
  private record StoodStill() implements Clock {

    @Override
    public Moment now() {
      return NOW;
    }

    @Override
    public long nanos() {
      return NOW.sinceBoot().toNanos();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}

package org.kerbside.gateway.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire;
import org.kerbside.gateway.uplink.JsonWire;

/** The pipeline on a real journal, with a bus and a city made by hand. */
final class Cabinet implements AutoCloseable, ProgressListener {

  private static final String SITE =
      """
      assets:
        a1: { kind: generic, points: { p0..1: { unit: "/", band: 0.5 } }, at: hand/a1 }
        lamp-1: { kind: lamp, power: 60W, min-on: 0s, min-off: 0s, at: hand/lamp-1 }
      rules:
        - rule: too-much
          for: lamp
          when: power > 100W
          clear: power <= 100W
          severity: alarm
          do: [{ set: dim, value: 30%, until: cleared, issuer: safety }]
      """;

  final Journal journal;
  final Inlet bus;

  /** What moved, and whether the journal knew of command {@code 1} then. */
  final List<String> moves = new CopyOnWriteArrayList<>();

  /** The same moves, to be waited for. */
  final BlockingQueue<Value> moved = new LinkedBlockingQueue<>();

  final List<String> told = new CopyOnWriteArrayList<>();
  private final Path data;
  private final Pipeline pipeline;
  private final JsonWire wire = HandSite.wire();

  Cabinet(Path data, Clock clock) throws Exception {
    this.data = data;
    journal = HandSite.journal(data, clock);
    pipeline = HandSite.pipeline(HandSite.read(data, SITE), journal, this::move, this, clock);
    bus = pipeline.doorway("hand");
    pipeline.start();
  }

  private void move(String device, String quantity, Value value) {
    moved.add(value);
    boolean isDurable =
        journal.commands(Duration.ofMinutes(1)).stream().anyMatch(known -> known.id().equals("1"));
    moves.add("%s/%s %s %s".formatted(device, quantity, value, isDurable ? "durable" : "not yet"));
  }

  Sender says(String device, Sample... samples) throws InterruptedException {
    var sender = new Sender();
    bus.put(
        new Delivery(device, List.of(samples), List.of(), sender, Delivery.Sending.FIRST, null));
    return sender;
  }

  /** What the cabinet sees of itself. */
  void inspect(Sample... seen) {
    pipeline.arrive(List.of(seen));
  }

  void asks(String id, String point, double value) {
    asks(command(id, point, value));
  }

  static Command command(String id, String point, double value) {
    return new Command(
        id,
        "set",
        point,
        new Value.Num(value),
        Issuer.CITY,
        "test",
        null,
        Instant.now().plus(Duration.ofDays(1)),
        null,
        "fingerprint of " + value);
  }

  void asks(Command command) {
    pipeline.arrive(command);
  }

  SiteView view() {
    return pipeline.view();
  }

  @Override
  public void progress(String command, Progress progress) {
    told.add(command + " " + progress.word());
  }

  @Override
  public void ended(Event.Result result) {
    told.add(result.command() + " " + result.outcome());
  }

  /** Until it is closed the journal refuses every commit: somebody else is writing. */
  Connection seize() throws SQLException {
    return seize(data);
  }

  static Connection seize(Path data) throws SQLException {
    var other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
    try (var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    }
    return other;
  }

  /** The numbers of a point's readings, in the order of the journal. */
  List<Double> kept(String point) {
    var kept = new ArrayList<Double>();
    for (var frame : frames(Stream.READINGS)) {
      for (Wire.Told reading : wire.readings(frame.rendered())) {
        if (reading.point().equals(point) && reading.value() instanceof Value.Num(var number)) {
          kept.add(number);
        }
      }
    }
    return kept;
  }

  /** The frames of a stream, as text, one a line. */
  String text(Stream stream) {
    var text = new StringBuilder();
    for (var frame : frames(stream)) {
      text.append(new String(frame.rendered().payload(), StandardCharsets.UTF_8)).append('\n');
    }
    return text.toString();
  }

  private List<StoredFrame> frames(Stream stream) {
    var frames = new ArrayList<StoredFrame>();
    for (long from = 1; from <= journal.last(stream); ) {
      var page = journal.unacknowledged(stream, from, journal.last(stream), 100);
      if (page.isEmpty()) {
        break;
      }
      frames.addAll(page);
      from = page.getLast().seq() + 1;
    }
    return frames;
  }

  @Override
  public void close() {
    try {
      pipeline.rest(Set.of());
      if (pipeline.stop()) {
        journal.close();
      }
    } catch (InterruptedException stop) {
      throw new AssertionError("interrupted while it stops", stop);
    }
  }

  /** One who waits for an acknowledgement. */
  static final class Sender implements Receipt {

    private volatile String heard = "nothing";

    @Override
    public void kept() {
      heard = "kept";
    }

    @Override
    public void refused(String reason) {
      heard = "refused: " + reason;
    }

    String heard() {
      return heard;
    }
  }
}

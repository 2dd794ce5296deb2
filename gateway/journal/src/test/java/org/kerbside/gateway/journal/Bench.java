package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire;

/** A journal on a folder with what tests put into it; opened anew it is what a restart finds. */
final class Bench implements AutoCloseable {

  final HandClock clock;
  final Path folder;
  final Wire wire;
  final Quota quota;
  Journal journal;

  Bench(Path folder) throws JournalException {
    this(folder, new PlainWire(), new HandClock());
  }

  Bench(Path folder, Wire wire, HandClock clock) throws JournalException {
    this(folder, wire, new Quota(512_000_000, Set.of()), clock);
  }

  Bench(Path folder, Wire wire, Quota quota, HandClock clock) throws JournalException {
    this.quota = quota;
    this.folder = folder;
    this.wire = wire;
    this.clock = clock;
    journal = Journal.open(folder, "G-1", wire, quota, clock);
  }

  void reopen() throws JournalException {
    journal.close();
    journal = Journal.open(folder, "G-1", wire, quota, clock);
  }

  Commit readings(int count) {
    return journal.commit(entry(some(count), List.of(), List.of(), List.of()));
  }

  /** Commits a snapshot alone. */
  Commit remember(String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return journal.commit(
        entry(List.of(), List.of(), List.of(), List.of()), new Snapshot(clock.now(), bytes));
  }

  Commit events(String... subjects) {
    var events = new ArrayList<Event>();
    for (var subject : subjects) {
      events.add(new Event.Health(clock.now(), "malformed", subject, List.of()));
    }
    return journal.commit(entry(List.of(), events, List.of(), List.of()));
  }

  Commit key(String key) {
    return journal.commit(entry(some(1), List.of(), List.of(), List.of(key)));
  }

  Commit accept(String id) {
    return journal.commit(entry(List.of(), List.of(), List.of(command(id)), List.of()));
  }

  Commit end(String id, Outcome outcome) {
    var result = new Event.Result(clock.now(), id, outcome);
    return journal.commit(entry(List.of(), List.of(result), List.of(), List.of()));
  }

  Entry entry(
      List<Reading> readings, List<Event> events, List<Command> accepted, List<String> keys) {
    return new Entry(clock.now(), readings, events, accepted, keys);
  }

  List<Reading> some(int count) {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < count; i++) {
      readings.add(Reading.good(point(0), new Value.Num(i), clock.now(), Reading.Timing.SOURCE));
    }
    return readings;
  }

  static Command command(String id) {
    return new Command(
        id,
        "set",
        "lamp-5/dim",
        new Value.Num(0.6),
        Issuer.CITY,
        "dispatch:zhang",
        HandClock.START,
        HandClock.START.plusSeconds(60),
        Duration.ofHours(1),
        "print-" + id);
  }

  static Point point(int index) {
    return point(index, PointType.NUM);
  }

  static Point point(int index, PointType type) {
    var spec =
        new PointSpec(
            "p" + index,
            type,
            Unit.RATIO,
            0,
            1e6,
            new Band.None(),
            Duration.ofMinutes(10),
            PointSpec.Access.OBSERVED,
            List.of());
    return new Point(index, new PointId("a-1", "p" + index), spec);
  }

  void acknowledge(Stream stream, long first, long last) {
    for (long seq = first; seq <= last; seq++) {
      journal.acknowledge(stream, seq);
    }
  }

  List<Long> waiting(Stream stream) {
    return waiting(stream, 1, Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  List<Long> waiting(Stream stream, long from, long to, int most) {
    return journal.unacknowledged(stream, from, to, most).stream().map(StoredFrame::seq).toList();
  }

  List<String> waitingTexts(Stream stream) {
    return journal.unacknowledged(stream, 1, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
        .map(Bench::text)
        .toList();
  }

  static String text(StoredFrame frame) {
    return new String(frame.rendered().payload(), UTF_8);
  }

  @Override
  public void close() {
    journal.close();
  }
}

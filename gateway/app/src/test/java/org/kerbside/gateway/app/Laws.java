package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.gateway.uplink.SimulatedBroker.Publication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What must hold whatever happens: compares what the senders were told, what was moved and what was
 * committed with what a city has that drops repeats. Each law is asserted as soon as it can be.
 */
final class Laws {

  /** An acknowledged number of a sensor's and the seqs between which its reading stands. */
  private record Kept(String sensor, long number, long after, long upTo) {}

  /**
   * When an event was committed, ns, and how many older ones the city had not had yet: they go
   * first, since order is kept.
   */
  record Commit(long nanos, long ahead) {}

  private final JsonMapper mapper = new JsonMapper();
  private final Wire wire = new JsonWire("SIM-1", "00000000", null);

  // What the senders know.
  private final Map<String, Map<Long, Long>> saidAfter = new HashMap<>(); // number → seq
  private final List<Kept> kept = new ArrayList<>();

  // What was committed.
  private final Map<String, Boolean> unheard = new HashMap<>(); // stale or silent, in this life
  private final Map<Long, Commit> commits = new HashMap<>(); // by event seq
  private long events;

  // What the city has.
  private final Side readings = new Side();
  private final Side happened = new Side();
  private final Map<String, BitSet> dated = new HashMap<>(); // numbers by sensor

  // Where nobody knew the time a frame does not tell the source's: sent again after a start, such a
  // reading cannot be known again.
  private final Map<String, BitSet> undated = new HashMap<>();
  private final Map<String, Double> counters = new HashMap<>();
  private final TreeMap<Long, JsonNode> told = new TreeMap<>(); // events by seq
  private String epoch = "";

  // What was moved.
  private final Map<Double, Integer> moves = new HashMap<>();
  private final TreeSet<Long> delays = new TreeSet<>(); // ms
  private long frames;
  private long thinned;

  /** One stream, as the city has it. */
  private static final class Side {
    private final Ranges received = new Ranges();
    private final Ranges explained = new Ranges();
    private final Ranges gone = new Ranges(); // that part of it of which something is left nowhere
    private final List<Span> thinned = new ArrayList<>();
    private final TreeMap<Long, Integer> contents = new TreeMap<>(); // seq → sum

    /** Where a frame goes that stood for others, something is missing of all that was thinned. */
    void lacks(Span span, boolean isGone) {
      explained.add(span.from, span.to);
      if (!isGone) {
        thinned.add(span);
        return;
      }
      gone.add(span.from, span.to);
      for (var stoodFor : thinned) {
        if (stoodFor.from <= span.to && span.from <= stoodFor.to) {
          gone.add(stoodFor.from, stoodFor.to);
        }
      }
    }
  }

  private record Span(long from, long to) {}

  private Side of(Stream stream) {
    return switch (stream) {
      case READINGS -> readings;
      case EVENTS -> happened;
    };
  }

  // The street

  void said(String sensor, long number, Journal journal) {
    saidAfter
        .computeIfAbsent(sensor, _ -> new HashMap<>())
        .putIfAbsent(number, journal.last(Stream.READINGS));
  }

  void acknowledged(String sensor, long number, Journal journal) {
    var after = saidAfter.getOrDefault(sensor, Map.of()).get(number);
    check(after != null, () -> "%s %d was acknowledged unsaid".formatted(sensor, number));
    kept.add(new Kept(sensor, number, requireNonNull(after), journal.last(Stream.READINGS)));
  }

  /** A command that names a dimming of its own moves no lamp twice. */
  void moved(String device, String quantity, Value value) {
    if (quantity.equals("dim") && value instanceof Value.Num(var share) && isCommanded(share)) {
      int times = moves.merge(share, 1, Integer::sum);
      check(times == 1, () -> "%s was moved %d times to %s".formatted(device, times, share));
    }
  }

  /** The programme's steps are whole tenths. */
  private static boolean isCommanded(double share) {
    return Math.abs(share * 10 - Math.rint(share * 10)) > 1e-9;
  }

  // The cabinet

  /** A process begins on what another left. */
  void begins(Journal journal) {
    epoch = epoch.isEmpty() ? journal.epoch() : epoch;
    check(
        epoch.equals(journal.epoch()),
        () -> "epoch %s follows %s".formatted(journal.epoch(), epoch));
    unheard.clear();
    events = journal.last(Stream.EVENTS);
  }

  void committed(Life life, Batch batch, long nanos) {
    for (var reading : batch.readings()) {
      toldOnce(reading);
    }
    long last = life.journal().last(Stream.EVENTS);
    check(last >= events, () -> "events go back from %d to %d".formatted(events, last));
    for (long seq = events + 1; seq <= last; seq++) {
      commits.put(seq, new Commit(nanos, seq - 1 - happened.received.count()));
    }
    events = last;
  }

  private void toldOnce(Reading reading) {
    var was = unheard.put(reading.point().toString(), reading.isUnheard());
    check(
        !reading.isUnheard() || was == null || !was,
        () -> "%s is told %s twice".formatted(reading.point(), reading.quality()));
  }

  // The city

  /** One more publication of a frame; a repeat is dropped. The commit of an event that is new. */
  @Nullable Commit received(Publication publication) {
    var stream = publication.stream();
    if (stream == null) {
      return null;
    }
    check(epoch.equals(publication.epoch()), () -> "a frame of epoch %s".formatted(publication));
    long seq = publication.seq();
    var before = of(stream).contents.putIfAbsent(seq, sum(publication.rendered()));
    if (before != null) {
      check(
          before == sum(publication.rendered()),
          () -> "%s %d has two contents".formatted(stream.word(), seq));
      return null;
    }
    frames++;
    of(stream).received.add(seq);
    return switch (stream) {
      case READINGS -> {
        takeReadings(publication.rendered());
        yield null;
      }
      case EVENTS -> {
        takeEvent(seq, publication.rendered());
        yield commits.remove(seq);
      }
    };
  }

  private void takeReadings(Rendered rendered) {
    var frame = wire.contents(rendered);
    if (frame.thin() != null) {
      thinned++;
    }
    for (var line : frame.lines()) {
      if (line.value() instanceof Value.Num(var number) && line.point().endsWith("/p0")) {
        var sensor = line.point().substring(0, line.point().indexOf('/'));
        if (sensor.startsWith("c")) {
          counters.merge(sensor, number, Math::max);
        }
        if (frame.thin() == null && saidAfter.containsKey(sensor)) {
          var numbers = frame.boot() == null ? dated : undated;
          boolean isNew = add(numbers, sensor, (int) number);
          check(isNew || frame.boot() != null, () -> "%s %s came twice".formatted(sensor, number));
        }
      }
    }
  }

  private static boolean add(Map<String, BitSet> numbers, String sensor, int number) {
    var seen = numbers.computeIfAbsent(sensor, _ -> new BitSet());
    boolean isNew = !seen.get(number);
    seen.set(number);
    return isNew;
  }

  private boolean has(String sensor, long number) {
    var none = new BitSet();
    return dated.getOrDefault(sensor, none).get((int) number)
        || undated.getOrDefault(sensor, none).get((int) number);
  }

  private void takeEvent(long seq, Rendered rendered) {
    var event = mapper.readTree(text(rendered));
    told.put(seq, event);
    if (event.path("kind").asString().equals("gap") && event.has("of")) {
      var of = event.path("of").asString().equals("d") ? Stream.READINGS : Stream.EVENTS;
      long from = event.path("from").asLong();
      long to = event.path("to").asLong();
      of(of).lacks(new Span(from, to), event.path("instead").asString().equals("nothing"));
    }
  }

  private static String text(Rendered rendered) {
    if (rendered.encoding() == Rendered.Encoding.PLAIN) {
      return new String(rendered.payload(), UTF_8);
    }
    try (var in = new InflaterInputStream(new ByteArrayInputStream(rendered.payload()))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new AssertionError("a frame does not inflate", broken);
    }
  }

  /** What it has, or knows that it never will: what a watermark tells of. */
  Ranges stored(Stream stream) {
    var all = new Ranges();
    of(stream).received.runs().forEach(all::add);
    of(stream).explained.runs().forEach(all::add);
    return all;
  }

  String epoch() {
    return epoch;
  }

  private static int sum(Rendered rendered) {
    var sum = new CRC32C();
    sum.update(rendered.payload());
    return (int) sum.getValue();
  }

  void overtook(long millis, long most) {
    delays.add(millis);
    check(millis <= most, () -> "an alarm took %d ms on a link that was well".formatted(millis));
  }

  // The end

  /** All is drained: what holds only then. */
  void hold(Journal journal) {
    for (var stream : Stream.values()) {
      var have = stored(stream);
      long hole = have.missing(1);
      check(
          hole > journal.last(stream),
          () ->
              "%s %d of %d never came and nothing explains it"
                  .formatted(stream.word(), hole, journal.last(stream)));
      check(
          of(stream).received.last() <= journal.last(stream),
          () -> "%s beyond its end".formatted(stream.word()));
    }
    kept.forEach(this::came);
    kept.forEach(this::counts);
    alarmsInOrder();
    oneOutcomeEach();
  }

  private void came(Kept reading) {
    if (has(reading.sensor(), reading.number())) {
      return;
    }
    boolean isExplained = isAny(readings.explained, reading);
    check(
        isExplained,
        () ->
            "%s %d was acknowledged, and is lost: it stood in d %d..%d"
                .formatted(
                    reading.sensor(), reading.number(), reading.after() + 1, reading.upTo()));
  }

  /** Thinned or not, a counter stands where its sensor stood; but for frames that went whole. */
  private void counts(Kept reading) {
    if (reading.sensor().startsWith("c") && !isAny(readings.gone, reading)) {
      double has = counters.getOrDefault(reading.sensor(), 0.0);
      check(has >= reading.number(), () -> "%s, the city has %s".formatted(reading, has));
    }
  }

  private static boolean isAny(Ranges of, Kept reading) {
    for (long seq = reading.after() + 1; seq <= reading.upTo(); seq++) {
      if (of.contains(seq)) {
        return true;
      }
    }
    return false;
  }

  /** Over all processes: each goes on where the last one ended. */
  private void alarmsInOrder() {
    var active = new HashMap<String, Boolean>();
    for (var event : told.values()) {
      if (event.path("kind").asString().equals("alarm")) {
        var id = event.path("id").asString();
        boolean isRaised = event.path("change").asString().equals("raised");
        boolean was = active.getOrDefault(id, false);
        boolean untold = event.path("untold").asInt(0) > 0;
        check(
            was != isRaised || untold,
            () -> "%s %s out of order".formatted(id, event.path("change")));
        active.put(id, !event.path("change").asString().equals("cleared"));
      }
    }
  }

  private void oneOutcomeEach() {
    var outcomes = new HashMap<String, String>();
    for (var event : told.values()) {
      if (event.path("kind").asString().equals("result")
          && !event.path("reason").asString("").equals("conflict")) {
        var before = outcomes.put(event.path("id").asString(), event.path("outcome").asString());
        check(before == null, () -> "command %s ends twice".formatted(event.path("id")));
      }
    }
  }

  static void check(boolean holds, Supplier<String> law) {
    if (!holds) {
      throw new AssertionError(law.get());
    }
  }

  // Counts

  long frames() {
    return frames;
  }

  long thinned() {
    return thinned;
  }

  int acknowledgements() {
    return kept.size();
  }

  long alarms() {
    return told.values().stream()
        .filter(event -> event.path("kind").asString().equals("alarm"))
        .count();
  }

  /** What the city was told, in one number: the same for the same seed. */
  int digest() {
    var sum = new CRC32C();
    for (var side : List.of(readings, happened)) {
      side.contents.forEach((seq, content) -> sum.update((seq + " " + content).getBytes(UTF_8)));
    }
    return (int) sum.getValue();
  }
}

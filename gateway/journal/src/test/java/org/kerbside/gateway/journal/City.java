package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire.Line;

/** What a journal's frames become: takes them, drops repeats, and looks for holes. */
final class City {

  private static final Pattern GAP =
      Pattern.compile("Gap\\[.*of=(\\w+), from=(\\d+), to=(\\d+), reason=(\\w+), instead=(\\w+),");

  private final PlainWire wire = new PlainWire();
  private final TreeMap<Long, Rendered> frames = new TreeMap<>();
  private final TreeMap<Long, String> events = new TreeMap<>();

  /** Takes up to so many frames from a seq on; a frame that came before must be the same bytes. */
  List<Long> take(Journal journal, Stream stream, long from, int most) {
    var seqs = new ArrayList<Long>();
    for (var frame : journal.unacknowledged(stream, from, Long.MAX_VALUE, most)) {
      seqs.add(frame.seq());
      switch (stream) {
        case READINGS -> takeReadings(frame);
        case EVENTS -> events.put(frame.seq(), Bench.text(frame));
      }
    }
    return seqs;
  }

  private void takeReadings(StoredFrame frame) {
    var before = frames.put(frame.seq(), frame.rendered());
    if (before != null) {
      assertThat(frame.rendered().payload()).isEqualTo(before.payload());
    }
  }

  /** Takes and acknowledges all that there is. */
  void drain(Journal journal) {
    for (var stream : Stream.values()) {
      drain(journal, stream);
    }
  }

  void drain(Journal journal, Stream stream) {
    for (var seqs = take(journal, stream, 1, 500);
        !seqs.isEmpty();
        seqs = take(journal, stream, 1, 500)) {
      seqs.forEach(seq -> journal.acknowledge(stream, seq));
    }
    assertThat(journal.waiting(stream)).isZero();
  }

  /** Every seq came or lies in a gap, and every event came. */
  void findsNoUnexplainedHole(Journal journal) {
    var explained = new Ranges();
    for (var gap : gaps()) {
      if (gap.of == READINGS) {
        explained.add(gap.from, gap.to);
      }
    }
    for (long seq = 1; seq <= journal.last(READINGS); seq++) {
      assertThat(frames.containsKey(seq) || explained.contains(seq)).as("seq %d", seq).isTrue();
    }
    assertThat(events).hasSize((int) journal.last(EVENTS));
  }

  record Gap(Stream of, long from, long to, String reason, String instead) {}

  List<Gap> gaps() {
    return gapsIn(events.values());
  }

  static List<Gap> gapsIn(Iterable<String> events) {
    var gaps = new ArrayList<Gap>();
    for (var text : events) {
      var match = GAP.matcher(text);
      if (match.find()) {
        gaps.add(
            new Gap(
                Stream.valueOf(match.group(1)),
                Long.parseLong(match.group(2)),
                Long.parseLong(match.group(3)),
                match.group(4),
                match.group(5)));
      }
    }
    return gaps;
  }

  boolean sawEvent(String subject) {
    return events.values().stream().anyMatch(text -> text.contains(subject));
  }

  /** What it was told of each point, in the order of time. */
  Map<String, List<Line>> linesByPoint() {
    var byPoint = new HashMap<String, List<Line>>();
    for (var frame : frames.values()) {
      for (var line : wire.contents(frame).lines()) {
        byPoint.computeIfAbsent(line.point(), _ -> new ArrayList<>()).add(line);
      }
    }
    byPoint.values().forEach(lines -> lines.sort((a, b) -> a.at().compareTo(b.at())));
    return byPoint;
  }

  long thinned() {
    return frames.values().stream().filter(frame -> wire.contents(frame).thin() != null).count();
  }
}

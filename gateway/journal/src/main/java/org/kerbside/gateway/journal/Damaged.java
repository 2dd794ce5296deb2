package org.kerbside.gateway.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames whose rows do not add up any more: met by whoever reads, told by the writer, who leaves
 * them out then. Thread-safe.
 */
final class Damaged {

  private static final Logger LOG = LoggerFactory.getLogger(Damaged.class);

  private final Map<Stream, TreeSet<Long>> met = new EnumMap<>(Stream.class);

  /** Not to be handed out, and to be told of. */
  synchronized void met(Stream stream, long seq) {
    if (met.computeIfAbsent(stream, _ -> new TreeSet<>()).add(seq)) {
      LOG.warn("frame {} of {} is damaged, and left out", seq, stream);
    }
  }

  /** A gap for each that is not told yet. */
  synchronized List<Event> gaps(Moment now) {
    var gaps = new ArrayList<Event>();
    met.forEach(
        (stream, seqs) ->
            seqs.forEach(
                seq ->
                    gaps.add(
                        new Event.Gap(
                            now, stream, seq, seq, "corrupt", Instead.NOTHING, null, null, 0))));
    return gaps;
  }

  /** They are committed. */
  synchronized void told(List<Event> gaps) {
    for (var event : gaps) {
      if (event instanceof Event.Gap gap && gap.of() != null) {
        met.getOrDefault(gap.of(), new TreeSet<>()).remove(gap.from());
      }
    }
  }
}

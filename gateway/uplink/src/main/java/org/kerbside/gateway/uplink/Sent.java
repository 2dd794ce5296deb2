package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.Stream;

/**
 * What the broker has acknowledged and the platform has not, where the platform's word frees
 * frames: it does not go again by itself. Outlives connections and ends with the process; after a
 * start all goes again. Empty where the broker's word is enough. Confined to the uplink's thread.
 *
 * <p>A broker that dies loses what it acknowledged, the newest first, and a hole at the end of a
 * stream is seen by nobody. So the newest frame goes again as a question when no watermark comes
 * for a while: the platform answers with a watermark, or with what it needs.
 */
final class Sent {

  /** Events that go again on a new connection: an alarm does not wait to be missed. */
  private static final long NEWEST_EVENTS = 256;

  private static final Duration FIRST_UNHEARD = Duration.ofSeconds(2);

  /** The platform may come back later than we do; another subscriber hides that from us. */
  private static final Duration FIRST_RECONNECTED = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Duration patience;
  private final Map<Stream, Side> sides = new EnumMap<>(Stream.class);

  /**
   * @param patience how long a frame waits for the watermark before it goes again as a question;
   *     twice as long each time that nobody answers
   */
  Sent(Duration patience) {
    this.patience = patience;
    for (var stream : Stream.values()) {
      sides.put(stream, new Side(patience));
    }
  }

  /** The first seq from {@code from} on that is not under way at the broker. */
  long missing(Stream stream, long from) {
    return of(stream).told.missing(from);
  }

  boolean has(Stream stream, long seq) {
    return of(stream).told.contains(seq);
  }

  /** The broker has it, and somebody is subscribed. Answers what nobody had heard before. */
  Ranges taken(Stream stream, long seq, long nanos) {
    var side = of(stream);
    side.told.add(seq);
    side.unheard.remove(seq, seq);
    var again = side.unheard;
    if (!again.isEmpty()) {
      again.runs().forEach(side.told::remove);
      side.unheard = new Ranges();
      side.pause = patience;
    }
    side.due = Math.max(side.due, nanos + side.pause.toNanos());
    return again;
  }

  /** The broker took it and threw it away, because nobody is subscribed; or it says so. */
  void unheard(Stream stream, long seq, long nanos) {
    var side = of(stream);
    side.told.add(seq);
    if (side.unheard.isEmpty()) {
      side.pause = shorter(FIRST_UNHEARD, patience);
      side.due = nanos + side.pause.toNanos();
    }
    side.unheard.add(seq);
  }

  /** The platform has stored it all, but for what stands in {@code need}. */
  void stored(Watermark watermark, long nanos) {
    var side = of(watermark.stream());
    long before = side.told.count();
    side.told.remove(1, watermark.seq());
    side.unheard.remove(1, watermark.seq());
    for (var span : watermark.need()) {
      side.told.remove(span.first(), span.last());
      side.unheard.remove(span.first(), span.last());
    }
    // One that says nothing new must not put off the question: it may be of before the broker died.
    if (side.told.count() != before && side.unheard.isEmpty()) {
      side.pause = patience;
      side.due = nanos + patience.toNanos();
    }
  }

  /** The frame to ask with now: the newest, when it has waited for long enough. */
  @Nullable Long question(Stream stream, long nanos) {
    var side = of(stream);
    if (side.told.isEmpty() || nanos - side.due < 0) {
      return null;
    }
    side.due = nanos + side.pause.toNanos();
    side.pause = shorter(side.pause.multipliedBy(2), LONGEST);
    return side.told.last();
  }

  /** A new connection: the broker may have died with what it had. */
  void reconnected(long nanos) {
    sides.values().forEach(side -> side.forgetUnheard());
    var events = of(Stream.EVENTS).told;
    if (!events.isEmpty()) {
      events.remove(Math.max(1, events.last() - NEWEST_EVENTS + 1), events.last());
    }
    for (var side : sides.values()) {
      side.pause = shorter(FIRST_RECONNECTED, patience);
      side.due = nanos;
    }
  }

  /** Whether a question went unanswered. */
  boolean isUnanswered(Stream stream) {
    return of(stream).pause.compareTo(patience) > 0;
  }

  private Side of(Stream stream) {
    return Objects.requireNonNull(sides.get(stream));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static final class Side {

    final Ranges told = new Ranges();

    /** The part of {@link #told} that no subscriber was there for. */
    Ranges unheard = new Ranges();

    Duration pause;
    long due = Long.MIN_VALUE / 2;

    Side(Duration pause) {
      this.pause = pause;
    }

    void forgetUnheard() {
      unheard.runs().forEach(told::remove);
      unheard = new Ranges();
    }
  }
}

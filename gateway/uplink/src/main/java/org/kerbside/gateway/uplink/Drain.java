package org.kerbside.gateway.uplink;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/**
 * The frames of one connection: which go next on which lane, which go again, and what frees them or
 * sets them aside. Confined to the uplink's thread.
 */
final class Drain {

  private static final int REFUSED = 0x80;

  private final Room room;
  private final Outbox outbox;
  private final String epoch;
  private final Lanes lanes;
  private final long largestPacket;

  private final Reel events;
  private final Reel live;
  private final Reel backlog;
  private final Map<Stream, Repeats> repeats = new EnumMap<>(Stream.class);
  private final Map<Lane, Refusals> refusals = new EnumMap<>(Lane.class);

  private boolean unanswered;

  /**
   * @param largestPacket that the broker takes, in bytes
   */
  Drain(Room room, Lanes lanes, long largestPacket, long nanos) {
    this.room = room;
    this.lanes = lanes;
    this.largestPacket = largestPacket;
    outbox = room.doors().outbox();
    epoch = outbox.epoch();
    room.sent().reconnected(nanos);
    long boundary = outbox.last(Stream.READINGS);
    events = reel(Stream.EVENTS, 1, Long.MAX_VALUE);
    live = reel(Stream.READINGS, boundary + 1, Long.MAX_VALUE);
    backlog = reel(Stream.READINGS, 1, boundary);
    for (var stream : Stream.values()) {
      repeats.put(stream, new Repeats(outbox, stream, this::gone));
    }
    for (var lane : new Lane[] {Lane.EVENTS, Lane.LIVE, Lane.BACKLOG}) {
      refusals.put(lane, new Refusals(room.chance()));
    }
  }

  private Reel reel(Stream stream, long from, long to) {
    return new Reel(outbox, stream, from, to, room.sent(), room.suspects());
  }

  // Out

  /** Frames were committed. */
  void stir() {
    events.stir();
    live.stir();
  }

  /** Lanes that waited out a refusal begin again from their oldest frame. */
  void resume(long nanos) {
    refusals.forEach(
        (lane, pace) -> {
          if (pace.isOver(lanes.inFlight(lane), nanos)) {
            reel(lane).rewind();
          }
        });
  }

  boolean hasWork(Lane lane) {
    return mayGo(lane) && next(lane) != null;
  }

  /** What {@link #hasWork} found. */
  Message take(Lane lane) {
    var frame = Objects.requireNonNull(next(lane));
    pass(lane);
    return message(lane, frame);
  }

  private @Nullable StoredFrame next(Lane lane) {
    for (var frame = peek(lane); frame != null && mayGo(lane); frame = peek(lane)) {
      if (fits(lane, frame)) {
        return frame;
      }
      pass(lane);
      refuse(lane, frame.seq(), topic(lane), Suspects.PACKET_TOO_LARGE, room.nanos());
    }
    return null;
  }

  /** New events go before those that go again, and repeats before the backlog behind them. */
  private @Nullable StoredFrame peek(Lane lane) {
    return switch (lane) {
      case EVENTS -> first(events.peek(), repeats(Stream.EVENTS).peek());
      case LIVE -> live.peek();
      case BACKLOG -> first(again(), backlog.peek());
      case NOTICES, ASSETS -> null;
    };
  }

  private @Nullable StoredFrame again() {
    return room.budget().stage() == Budget.Stage.EVENTS ? null : repeats(Stream.READINGS).peek();
  }

  private void pass(Lane lane) {
    switch (lane) {
      case EVENTS -> {
        if (events.peek() == null) {
          repeats(Stream.EVENTS).pass();
        } else {
          events.pass();
        }
      }
      case LIVE -> live.pass();
      case BACKLOG -> {
        if (again() == null) {
          backlog.pass();
        } else {
          repeats(Stream.READINGS).pass();
        }
      }
      case NOTICES, ASSETS -> {}
    }
  }

  private boolean mayGo(Lane lane) {
    var pace = refusals.get(lane);
    return pace != null && pace.allow(lanes.inFlight(lane));
  }

  private boolean fits(Lane lane, StoredFrame frame) {
    int payload = frame.rendered().payload().length;
    return payload + Message.MOST_AROUND <= largestPacket
        || message(lane, frame).packet() <= largestPacket;
  }

  private Message message(Lane lane, StoredFrame frame) {
    return Message.frame(lane, topic(lane), frame, epoch);
  }

  // In

  /** The broker's answer to a frame. */
  void acknowledged(Message message, Stream stream, int code, long nanos) {
    if (code >= REFUSED) {
      refuse(message.lane(), message.seq(), message.topic(), code, nanos);
      return;
    }
    switch (room.release()) {
      case BROKER -> outbox.acknowledge(stream, message.seq());
      case PLATFORM -> told(stream, message.seq(), code, nanos);
    }
    room.standing().frameTaken(message.lane());
    room.suspects().taken(stream, message.seq(), message.topic(), nanos);
    if (pace(message.lane()).endWithTaken()) {
      room.standing().trouble(null);
    }
    room.audience().heard(code, message.topic(), nanos);
  }

  private void told(Stream stream, long seq, int code, long nanos) {
    if (code == Audience.NOBODY) {
      room.sent().unheard(stream, seq, nanos);
    } else {
      room.sent().taken(stream, seq, nanos).runs().forEach(repeats(stream)::want);
    }
  }

  /** The broker, or its limit, refuses a frame. */
  void refuse(Lane lane, long seq, String topic, int code, long nanos) {
    var stream = Objects.requireNonNull(lane.stream());
    room.standing().frameRefused(lane);
    var says = "%s: the broker refuses it: 0x%02X".formatted(topic, code);
    room.standing().trouble(says);
    switch (room.suspects().refused(stream, seq, topic, code, nanos)) {
      case HOLD -> pace(lane).refused(nanos);
      case PASS_OVER ->
          health("frame-refused", topic, "%s; frame %d is passed over".formatted(says, seq));
      case PASSED_OVER -> {}
      case SET_ASIDE ->
          // Freed once its gap is durable: never silently.
          tell(stream, seq, seq, "refused", () -> outbox.acknowledge(stream, seq));
    }
  }

  /** What came on {@code ack}. */
  void arrived(Request request, long nanos) {
    if (request.retention() == Message.Retention.RETAINED) {
      health("watermark-refused", request.topic(), "retained: it may be of long ago");
      return;
    }
    try {
      apply(Watermark.read(request.payload()), request.topic(), nanos);
    } catch (Malformed cause) {
      health("malformed", request.topic(), String.valueOf(cause.getMessage()));
    }
  }

  private void apply(Watermark watermark, String topic, long nanos) {
    var stream = watermark.stream();
    if (!watermark.epoch().equals(epoch)) {
      health(
          "watermark-refused",
          topic,
          "of epoch '%s': expected %s".formatted(watermark.epoch(), epoch));
    } else if (watermark.seq() > outbox.last(stream)) {
      health(
          "watermark-refused",
          topic,
          "stored up to %d of %s: expected at most %d"
              .formatted(watermark.seq(), stream.word(), outbox.last(stream)));
    } else {
      free(watermark);
      room.sent().stored(watermark, nanos);
      watermark.need().forEach(span -> repeats(stream).want(span.first(), span.last()));
      answered();
    }
  }

  private void free(Watermark watermark) {
    if (watermark.seq() < 1) {
      return;
    }
    var stored = new Ranges();
    stored.add(1, watermark.seq());
    watermark.need().forEach(span -> stored.remove(span.first(), span.last()));
    stored.runs().forEach((first, last) -> outbox.acknowledge(watermark.stream(), first, last));
  }

  private void answered() {
    if (unanswered) {
      unanswered = false;
      room.standing().trouble(null);
    }
  }

  // Once a second

  void look(long nanos) {
    long ceiling = room.budget().ceiling(outbox);
    live.hold(ceiling);
    backlog.hold(ceiling);
    repeats.values().forEach(Repeats::stir);
    for (var suspect : room.suspects().due(nanos)) {
      tryAgain(suspect);
    }
    for (var stream : Stream.values()) {
      boolean again = room.sent().isUnanswered(stream);
      var question = room.sent().question(stream, nanos);
      if (question != null) {
        repeats(stream).want(question, question);
        if (again) {
          unanswered();
        }
      }
    }
  }

  private void tryAgain(Suspects.Key suspect) {
    var stream = suspect.stream();
    if (outbox.unacknowledged(stream, suspect.seq(), suspect.seq(), 1).isEmpty()) {
      room.suspects().forget(suspect);
    } else {
      repeats(stream).want(suspect.seq(), suspect.seq());
    }
  }

  private void unanswered() {
    unanswered = true;
    var topic = room.topics().acknowledgements();
    var says = "%s: no watermark from the platform; what it has not stored stays".formatted(topic);
    room.standing().trouble(says);
    health("no-watermark", topic, says);
  }

  private void gone(Stream stream, long first, long last) {
    if (room.explained().isNew(stream, first, last, room.nanos())) {
      tell(stream, first, last, "quota", () -> {});
    }
  }

  private void tell(Stream stream, long first, long last, String reason, Runnable kept) {
    var gap =
        new Event.Gap(room.now(), stream, first, last, reason, Instead.NOTHING, null, null, 0);
    room.doors().gaps().tell(gap, kept);
  }

  private void health(String what, String subject, String detail) {
    room.doors().health().accept(new Event.Health(room.now(), what, subject, List.of(detail)));
  }

  // By lane and stream

  private String topic(Lane lane) {
    return switch (lane) {
      case EVENTS -> room.topics().events();
      case LIVE -> room.topics().live();
      case BACKLOG -> room.topics().backlog();
      case NOTICES, ASSETS -> throw new IllegalArgumentException(lane + " carries no frames");
    };
  }

  private Reel reel(Lane lane) {
    return switch (lane) {
      case EVENTS -> events;
      case LIVE -> live;
      case BACKLOG -> backlog;
      case NOTICES, ASSETS -> throw new IllegalArgumentException(lane + " carries no frames");
    };
  }

  private Refusals pace(Lane lane) {
    return Objects.requireNonNull(refusals.get(lane));
  }

  private Repeats repeats(Stream stream) {
    return Objects.requireNonNull(repeats.get(stream));
  }

  private static @Nullable StoredFrame first(@Nullable StoredFrame a, @Nullable StoredFrame b) {
    return a == null ? b : a;
  }
}

package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Got;

/**
 * What is said on one connection, from CONNACK to its end: the drain. Wakes for commits, PUBACKs
 * and commands, and once a second to look at assets and deadlines. Confined to the uplink's thread.
 */
final class Conversation {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int REFUSED = 0x80;

  /** For the reason of an end that a call ran into. */
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  /** How it ended. */
  sealed interface Ending {
    record Stopped() implements Ending {}

    /** Of our own will, to begin anew at once. */
    record Renewed() implements Ending {}

    record Lost(String why, int code) implements Ending {}
  }

  private final Connection connection;
  private final Room room;
  private final Signal.Connected broker;
  private final String epoch;

  private final Ears ears;
  private final Watch watch;
  private final Lanes lanes;
  private final Drain drain;
  private final AssetBoard board;
  private final IdentityHashMap<Message, Long> underWay = new IdentityHashMap<>(); // since when, ns
  private final Deque<Message> notices = new ArrayDeque<>();

  private byte[] stateTold = {};
  private @Nullable Got gotTold;
  private @Nullable Ending leaving; // how it is to end, once nothing is under way
  private long stopped; // when it stops at the latest
  private @Nullable String late; // what a call said that came after the connection's end
  private long lateUntil;
  private long seen = Long.MIN_VALUE; // the view's revision
  private long looked;

  Conversation(Connection connection, Room room, Signal.Connected broker) {
    this.connection = connection;
    this.room = room;
    this.broker = broker;
    this.epoch = room.doors().outbox().epoch();
    ears = new Ears(connection, room);
    watch = new Watch(room.deadlines(), room.nanos());
    lanes = new Lanes(broker.receiveMaximum());
    drain = new Drain(room, lanes, broker.largestPacket(), room.nanos());
    board = new AssetBoard(room.topics());
  }

  /** To be called once, before the first {@link #step}. */
  void begin() {
    try {
      greet();
      pump();
    } catch (LinkException cause) {
      cameLate(cause);
    }
  }

  /**
   * Takes a signal, or null when none came during {@link #pause}.
   *
   * @return how it ended; null while it goes on
   */
  @Nullable Ending step(@Nullable Signal signal) {
    if (late != null) {
      return lastWord(late, signal);
    }
    try {
      return leaving == null ? goOn(signal) : farewell(leaving, signal);
    } catch (LinkException cause) {
      cameLate(cause);
      return null;
    }
  }

  private @Nullable Ending goOn(@Nullable Signal signal) throws LinkException {
    var ending = handle(signal);
    if (ending != null || leaving != null) {
      return ending; // Who takes leave says no more: a look around would say «online» anew.
    }
    look();
    ending = watched();
    if (ending == null) {
      pump();
    }
    return ending;
  }

  /** How long to wait for the next signal, at most. */
  Duration pause() {
    long until = late != null ? lateUntil : leaving != null ? stopped : watch.next(unanswered());
    return Duration.ofNanos(until - room.nanos());
  }

  /** A call came too late: the connection has ended, and its own word says more of why. */
  private void cameLate(LinkException cause) {
    late = cause.why();
    lateUntil = room.nanos() + LAST_WORD.toNanos();
  }

  private @Nullable Ending lastWord(String call, @Nullable Signal signal) {
    switch (signal) {
      case Signal.Acknowledged(var message, var code) -> acknowledged(message, code);
      case Signal.Lost(var why, var code) -> {
        return lost(why, code);
      }
      case Signal.Stop() -> {
        return new Ending.Stopped();
      }
      case null -> {}
      case Signal.Told told -> {}
      case Signal.Connected connected -> {}
      case Signal.Committed committed -> {}
      case Signal.Arrived arrived -> {}
      case Signal.Renewed renewed -> {}
      case Signal.Subscribed subscribed -> {}
    }
    return room.nanos() - lateUntil >= 0 ? new Ending.Lost(call, 0) : null;
  }

  private Ending lost(String why, int code) {
    if (code == Suspects.PACKET_TOO_LARGE) {
      blameLargest();
    }
    return new Ending.Lost(why, code);
  }

  private void greet() throws LinkException {
    tellState("online");
    notices.add(Message.described(room.topics().description(), room.payloads().description()));
    ears.open();
    looked = room.nanos() - LOOK.toNanos();
    look();
  }

  // Out

  private void pump() throws LinkException {
    collectReplies();
    drain.resume(room.nanos());
    for (var lane = lanes.next(this::hasWork); lane != null; lane = lanes.next(this::hasWork)) {
      send(take(lane));
    }
  }

  private boolean hasWork(Lane lane) {
    return switch (lane) {
      case NOTICES -> !notices.isEmpty();
      case ASSETS -> board.isWaiting() && leaving == null;
      case EVENTS, LIVE, BACKLOG -> leaving == null && drain.hasWork(lane);
    };
  }

  private Message take(Lane lane) {
    return switch (lane) {
      case NOTICES -> notices.remove();
      case ASSETS -> board.next();
      case EVENTS, LIVE, BACKLOG -> drain.take(lane);
    };
  }

  private void send(Message message) throws LinkException {
    if (!message.lane().carriesFrames() && message.packet() > broker.largestPacket()) {
      leaveOut(message);
      return;
    }
    if (lanes.inFlight() == 0) {
      watch.progress(room.nanos());
    }
    connection.publish(message);
    underWay.put(message, room.nanos());
    lanes.sent(message.lane(), message.payload().length);
  }

  /** The broker would hang up, time and again, and nothing else would get through either. */
  private void leaveOut(Message message) {
    var says =
        "%s: not sent: %d bytes, the broker takes %d; raise its limit"
            .formatted(message.topic(), message.packet(), broker.largestPacket());
    room.standing().trouble(says);
    room.doors()
        .health()
        .accept(new Event.Health(room.now(), "packet-too-large", message.topic(), List.of(says)));
  }

  private void collectReplies() {
    for (var reply = room.replies().poll(); reply != null; reply = room.replies().poll()) {
      switch (reply) {
        case Replies.Reply.OnItsWay(var id, var progress) ->
            notices.addAll(
                room.commands().answer(id, Payloads.progress(id, progress), Commands.Ending.MORE));
        case Replies.Reply.Ended(var result) ->
            notices.addAll(
                room.commands()
                    .answer(
                        result.command(),
                        Payloads.outcome(result.command(), result.outcome(), result.at(), null),
                        Commands.Ending.LAST));
      }
    }
  }

  private void tellState(String word) {
    var state = room.payloads().state(word, epoch, room.now().clock(), room.budget().stage());
    if (!Arrays.equals(state, stateTold)) {
      stateTold = state;
      notices.add(Message.retained(Lane.NOTICES, room.topics().state(), state));
    }
  }

  private void tellGot() {
    var got = room.wants().got();
    if (got != null && !got.equals(gotTold)) {
      gotTold = got;
      notices.add(Message.retained(Lane.NOTICES, room.topics().got(), Payloads.got(got)));
    }
  }

  // In

  private @Nullable Ending handle(@Nullable Signal signal) throws LinkException {
    switch (signal) {
      case null -> {}
      case Signal.Told() -> {}
      case Signal.Connected connected -> {}
      case Signal.Committed() -> drain.stir();
      case Signal.Acknowledged(var message, var code) -> acknowledged(message, code);
      case Signal.Arrived(var request) -> arrived(request);
      case Signal.Subscribed(var codes) -> ears.answered(codes);
      case Signal.Lost(var why, var code) -> {
        return lost(why, code);
      }
      case Signal.Stop() -> {
        return stop();
      }
      case Signal.Renewed() -> {
        return leave(new Ending.Renewed());
      }
    }
    return null;
  }

  private void acknowledged(Message message, int code) {
    long nanos = room.nanos();
    watch.progress(nanos);
    lanes.answered(message.lane(), message.payload().length);
    var since = underWay.remove(message);
    var stream = message.lane().stream();
    if (stream != null) {
      room.standing().answered(Duration.ofNanos(since == null ? 0 : nanos - since));
      drain.acknowledged(message, stream, code, nanos);
    } else if (code >= REFUSED) {
      room.standing().trouble("%s: the broker refuses it: 0x%02X".formatted(message.topic(), code));
    }
  }

  /** The broker does not say which packet was too large for it. */
  private void blameLargest() {
    underWay.keySet().stream()
        .filter(message -> message.lane().carriesFrames())
        .max(Comparator.comparingInt(message -> message.payload().length))
        .ifPresent(
            message ->
                drain.refuse(
                    message.lane(),
                    message.seq(),
                    message.topic(),
                    Suspects.PACKET_TOO_LARGE,
                    room.nanos()));
  }

  private void arrived(Request request) throws LinkException {
    if (request.topic().equals(room.topics().acknowledgements())) {
      drain.arrived(request, room.nanos());
    } else if (request.topic().equals(room.topics().want())) {
      room.wants().arrive(request.payload(), room.nanos(), room.now());
    } else {
      notices.addAll(room.commands().arrive(request, room.nanos(), room.now()));
    }
    connection.acknowledge(request);
  }

  // Looking around

  private void look() throws LinkException {
    long nanos = room.nanos();
    if (nanos - looked >= LOOK.toNanos()) {
      looked = nanos;
      lookAtAssets();
      tellState("online");
      tellGot();
      drain.look(nanos);
      ears.look();
    }
  }

  private void lookAtAssets() {
    long revision = room.doors().view().revision();
    if (revision != seen && room.budget().takesAssets()) {
      seen = revision;
      board.look(room.doors().view().overview());
    }
  }

  private @Nullable Ending watched() {
    var why = watch.look(unanswered(), connection.silence(), room.nanos());
    return why == null ? null : new Ending.Lost(why, 0);
  }

  /** How many answers of the broker are waited for; its word on what we listen to is one. */
  private int unanswered() {
    return lanes.inFlight() + (ears.areAnswered() ? 0 : 1);
  }

  /** «Offline» and what is under way get their PUBACK, or the will says «lost». */
  private @Nullable Ending stop() throws LinkException {
    tellState("offline");
    return leave(new Ending.Stopped());
  }

  /** What is under way gets its PUBACK, for a while; what does not is sent again. */
  private @Nullable Ending leave(Ending ending) throws LinkException {
    leaving = ending;
    stopped = room.nanos() + room.deadlines().farewell().toNanos();
    return farewell(ending, null);
  }

  private @Nullable Ending farewell(Ending ending, @Nullable Signal signal) throws LinkException {
    switch (signal) {
      case Signal.Acknowledged(var message, var code) -> acknowledged(message, code);
      case Signal.Lost lost -> {
        return ending;
      }
      case Signal.Stop stop when ending instanceof Ending.Renewed -> {
        return stop();
      }
      case null, default -> {}
    }
    pump();
    if (lanes.inFlight() > 0 && room.nanos() - stopped < 0) {
      return null;
    }
    if (notices.isEmpty() && lanes.inFlight(Lane.NOTICES) == 0) {
      connection.leave();
    }
    return ending;
  }
}

package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    record Lost(String why, int code) implements Ending {}
  }

  private final Connection connection;
  private final Mailbox mailbox;
  private final Room room;
  private final String epoch;

  private final Lanes lanes;
  private final Drain drain;
  private final AssetBoard board;
  private final Set<Message> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Message> notices = new ArrayDeque<>();

  private byte[] stateTold = {};
  private boolean subscribed;
  private @Nullable Long subscribeAgain; // when, after a refusal
  private boolean stopping;
  private long looked;
  private long watched;
  private long progressed;

  Conversation(Connection connection, Mailbox mailbox, Room room, Signal.Connected broker) {
    this.connection = connection;
    this.mailbox = mailbox;
    this.room = room;
    this.epoch = room.doors().outbox().epoch();
    lanes = new Lanes(broker.receiveMaximum());
    drain = new Drain(room, lanes, broker.largestPacket(), System.nanoTime());
    board = new AssetBoard(room.topics());
  }

  Ending run() throws InterruptedException {
    try {
      greet();
      while (true) {
        pump();
        var ending = handle(mailbox.take(pause()));
        if (ending == null) {
          look();
          ending = watch();
        }
        if (ending != null) {
          return ending;
        }
      }
    } catch (LinkException cause) {
      return end(cause);
    }
  }

  /** A call came too late: the connection has ended, and its own word says more of why. */
  private Ending end(LinkException late) throws InterruptedException {
    long end = System.nanoTime() + LAST_WORD.toNanos();
    while (true) {
      switch (mailbox.take(Duration.ofNanos(end - System.nanoTime()))) {
        case null -> {
          return new Ending.Lost(late.why(), 0);
        }
        case Signal.Acknowledged(var message, var code) -> acknowledged(message, code);
        case Signal.Lost(var why, var code) -> {
          return lost(why, code);
        }
        case Signal.Stop() -> {
          return new Ending.Stopped();
        }
        case Signal.Told told -> {}
        case Signal.Connected connected -> {}
        case Signal.Committed committed -> {}
        case Signal.Arrived arrived -> {}
        case Signal.Subscribed subscribed -> {}
      }
    }
  }

  private Ending lost(String why, int code) {
    if (code == Suspects.PACKET_TOO_LARGE) {
      blameLargest();
    }
    return new Ending.Lost(why, code);
  }

  private void greet() throws LinkException {
    progressed = System.nanoTime();
    watched = progressed;
    tellState("online");
    notices.add(
        Message.retained(Lane.NOTICES, room.topics().description(), room.payloads().description()));
    connection.subscribe(subscriptions());
    looked = progressed - LOOK.toNanos();
    look();
  }

  // Out

  private void pump() throws LinkException {
    collectReplies();
    drain.resume(System.nanoTime());
    for (var lane = lanes.next(this::hasWork); lane != null; lane = lanes.next(this::hasWork)) {
      send(take(lane));
    }
  }

  private boolean hasWork(Lane lane) {
    return switch (lane) {
      case NOTICES -> !notices.isEmpty();
      case ASSETS -> board.isWaiting() && !stopping;
      case EVENTS, LIVE, BACKLOG -> !stopping && drain.hasWork(lane);
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
    if (lanes.inFlight() == 0) {
      progressed = System.nanoTime();
    }
    connection.publish(message);
    underWay.add(message);
    lanes.sent(message.lane(), message.payload().length);
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
    var clock = room.doors().view().overview().now().clock();
    var state = room.payloads().state(word, epoch, clock);
    if (!Arrays.equals(state, stateTold)) {
      stateTold = state;
      notices.add(Message.retained(Lane.NOTICES, room.topics().state(), state));
    }
  }

  // In

  private @Nullable Ending handle(@Nullable Signal signal)
      throws LinkException, InterruptedException {
    switch (signal) {
      case null -> {}
      case Signal.Told() -> {}
      case Signal.Connected connected -> {}
      case Signal.Committed() -> drain.stir();
      case Signal.Acknowledged(var message, var code) -> acknowledged(message, code);
      case Signal.Arrived(var request) -> arrived(request);
      case Signal.Subscribed(var codes) -> subscribed(codes);
      case Signal.Lost(var why, var code) -> {
        return lost(why, code);
      }
      case Signal.Stop() -> {
        return farewell();
      }
    }
    return null;
  }

  private void acknowledged(Message message, int code) {
    long nanos = System.nanoTime();
    progressed = nanos;
    lanes.answered(message.lane(), message.payload().length);
    underWay.remove(message);
    var stream = message.lane().stream();
    if (stream != null) {
      drain.acknowledged(message, stream, code, nanos);
    } else if (code >= REFUSED) {
      room.standing().trouble("%s: the broker refuses it: 0x%02X".formatted(message.topic(), code));
    }
  }

  /** The broker does not say which packet was too large for it. */
  private void blameLargest() {
    underWay.stream()
        .filter(message -> message.lane().carriesFrames())
        .max(Comparator.comparingInt(message -> message.payload().length))
        .ifPresent(
            message ->
                drain.refuse(
                    message.lane(),
                    message.seq(),
                    message.topic(),
                    Suspects.PACKET_TOO_LARGE,
                    System.nanoTime()));
  }

  /** What is refused is asked for again: a gateway that stays deaf is of no use to the city. */
  private void subscribed(List<Integer> codes) {
    subscribed = true;
    boolean wasRefused = subscribeAgain != null;
    subscribeAgain = null;
    for (int i = 0; i < codes.size(); i++) {
      if (codes.get(i) >= REFUSED) {
        subscribeAgain = System.nanoTime() + room.deadlines().connack().toNanos();
        room.standing()
            .trouble(
                "%s: the broker refuses the subscription: 0x%02X; allow it there"
                    .formatted(subscriptions().get(i), codes.get(i)));
      }
    }
    if (wasRefused && subscribeAgain == null) {
      room.standing().trouble(null);
    }
  }

  private void subscribeAgain(long nanos) throws LinkException {
    if (subscribeAgain != null && nanos - subscribeAgain >= 0) {
      subscribeAgain = nanos + room.deadlines().connack().toNanos();
      connection.subscribe(subscriptions());
    }
  }

  private List<String> subscriptions() {
    var topics = room.topics();
    return switch (room.release()) {
      case BROKER -> List.of(topics.commands());
      case PLATFORM -> List.of(topics.commands(), topics.acknowledgements());
    };
  }

  private void arrived(Request request) throws LinkException {
    if (request.topic().equals(room.topics().acknowledgements())) {
      drain.arrived(request, System.nanoTime());
    } else {
      var now = room.doors().view().overview().now();
      notices.addAll(room.commands().arrive(request, System.nanoTime(), now));
    }
    connection.acknowledge(request);
  }

  // Deadlines

  private Duration pause() {
    return Duration.ofNanos(nextWatch() - System.nanoTime());
  }

  /** A step after the last, and not later than the deadline. */
  private long nextWatch() {
    long next = watched + step().toNanos();
    long end = progressed + room.deadlines().progress().toNanos();
    return waits() && end - next < 0 ? end : next;
  }

  /** Fine enough for the deadlines, coarse enough to cost nothing. */
  private Duration step() {
    var quarter = room.deadlines().progress().dividedBy(4);
    return quarter.compareTo(LOOK) < 0 ? quarter : LOOK;
  }

  private boolean waits() {
    return lanes.inFlight() > 0 || !subscribed;
  }

  private void look() throws LinkException {
    long nanos = System.nanoTime();
    if (nanos - looked >= LOOK.toNanos()) {
      looked = nanos;
      board.look(room.doors().view().overview());
      tellState("online");
      drain.look(nanos);
      subscribeAgain(nanos);
    }
  }

  private @Nullable Ending watch() {
    long nanos = System.nanoTime();
    if (nanos - nextWatch() < 0) {
      return null;
    }
    watched = nanos;
    var still = Duration.ofNanos(nanos - progressed);
    if (waits() && still.compareTo(room.deadlines().progress()) >= 0) {
      return new Ending.Lost(
          "no acknowledgement for %d s with %d messages under way"
              .formatted(still.toSeconds(), lanes.inFlight()),
          0);
    }
    var silence = connection.silence(nanos);
    if (silence.compareTo(room.deadlines().keepAlive().multipliedBy(2)) >= 0) {
      return new Ending.Lost("the broker is silent for %d s".formatted(silence.toSeconds()), 0);
    }
    return null;
  }

  /** «Offline» and what is under way get their PUBACK, or the will says «lost». */
  private Ending farewell() throws LinkException, InterruptedException {
    stopping = true;
    tellState("offline");
    long end = System.nanoTime() + room.deadlines().farewell().toNanos();
    pump();
    while (lanes.inFlight() > 0 && System.nanoTime() - end < 0) {
      var signal = mailbox.take(Duration.ofNanos(end - System.nanoTime()));
      switch (signal) {
        case Signal.Acknowledged(var message, var code) -> acknowledged(message, code);
        case Signal.Lost lost -> {
          return new Ending.Stopped();
        }
        case null, default -> {}
      }
      pump();
    }
    if (notices.isEmpty() && lanes.inFlight(Lane.NOTICES) == 0) {
      connection.leave();
    }
    return new Ending.Stopped();
  }
}

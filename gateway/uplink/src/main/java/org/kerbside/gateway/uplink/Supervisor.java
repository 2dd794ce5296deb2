package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects, talks until the connection ends, rests with jitter, connects anew: one step a signal,
 * and no step waits. Confined to the uplink's thread, but for {@link #mailbox} and {@link #stop}.
 */
final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /** MQTT 5: another client took our session over. Coming back at once would be a fight. */
  private static final int SESSION_TAKEN_OVER = 0x8E;

  /** A twin is told of at the earliest so long after the last time. */
  private static final Duration TWIN_AGAIN = Duration.ofHours(1);

  /** What it is about just now; instants are the clock's, in ns. */
  private sealed interface Phase {

    record Resting(long until) implements Phase {}

    /** CONNECT is sent. */
    record Calling(Connection connection, long began) implements Phase {}

    record Talking(Connection connection, long began, Conversation conversation) implements Phase {}

    record Over() implements Phase {}
  }

  private final Link link;
  private final String client;
  private final Network network;
  private final Room room;
  private final Comeback comeback;

  private volatile boolean stopping;

  /** Of the current connection; a new one for each. */
  private volatile Mailbox mailbox = new Mailbox();

  private Phase phase;
  private boolean troubleLogged;
  private @Nullable Long twinTold;

  Supervisor(Link link, String client, Network network, Room room) {
    this.link = link;
    this.client = client;
    this.network = network;
    this.room = room;
    comeback = new Comeback(room.chance(), room.deadlines().stable(), link.spread());
    phase = new Phase.Resting(room.nanos());
  }

  /** Where signals go now. */
  Mailbox mailbox() {
    return mailbox;
  }

  /** Tells {@code offline} where there is a connection, and ends. */
  void stop() {
    stopping = true;
    mailbox.put(new Signal.Stop());
  }

  /**
   * Takes a signal of the mailbox, or null when none came in time.
   *
   * @return how long to wait for the next one, at most; null when all is over
   */
  @Nullable Duration step(@Nullable Signal signal) {
    try {
      lookAtBudget();
      next(signal);
    } catch (LinkException cause) {
      lost(cause.why(), 0);
    } catch (RuntimeException cause) {
      LOG.error("{}: a fault of ours", link, cause);
      lost("a fault of ours: " + cause, 0);
    }
    return switch (phase) {
      case Phase.Resting(var until) -> left(until);
      case Phase.Calling calling -> left(answered(calling));
      case Phase.Talking talking -> talking.conversation().pause();
      case Phase.Over() -> null;
    };
  }

  /** Lets go of the connection, if there is one, without a word. */
  void end() {
    sever();
    room.budget().save();
    phase = new Phase.Over();
    room.standing().become(UplinkView.State.DOWN);
  }

  private void next(@Nullable Signal signal) throws LinkException {
    switch (phase) {
      case Phase.Resting(var until) -> {
        if (stopping) {
          end();
        } else if (isOver(until) || signal instanceof Signal.Renewed) {
          call();
        }
      }
      case Phase.Calling calling -> called(calling, signal);
      case Phase.Talking talking -> heard(talking, signal);
      case Phase.Over() -> {}
    }
  }

  /** Without a link too: what does not get through costs as well, and hours pass. */
  private void lookAtBudget() {
    var told = room.budget().look(room.clock(), room.doors().outbox());
    if (told != null) {
      LOG.warn("{}: {}", link, String.join(", ", told.detail()));
      room.doors().health().accept(told);
    }
  }

  private void call() throws LinkException {
    var fresh = new Mailbox();
    mailbox = fresh;
    if (stopping) {
      end(); // It was told to the mailbox before.
      return;
    }
    room.standing().become(UplinkView.State.CONNECTING);
    long began = room.nanos();
    phase = new Phase.Calling(network.connect(will(), fresh), began);
  }

  private void called(Phase.Calling calling, @Nullable Signal signal) throws LinkException {
    if (stopping) {
      end();
      return;
    }
    switch (signal) {
      case Signal.Connected broker -> {
        // First: from here on what is committed is live, and who reads «connected» may count on it.
        var conversation = new Conversation(calling.connection(), room, broker);
        connected();
        phase = new Phase.Talking(calling.connection(), calling.began(), conversation);
        conversation.begin();
      }
      case Signal.Lost(var why, var code) -> lost(why, code);
      case Signal.Renewed() -> anew(); // What it shows was read before.
      case null, default -> {
        if (isOver(answered(calling))) {
          lost(
              "%s: no answer to CONNECT for %d ms"
                  .formatted(link, room.deadlines().connack().toMillis()),
              0);
        }
      }
    }
  }

  private void heard(Phase.Talking talking, @Nullable Signal signal) throws LinkException {
    switch (talking.conversation().step(signal)) {
      case null -> {}
      case Conversation.Ending.Stopped() -> end();
      case Conversation.Ending.Renewed() -> anew();
      case Conversation.Ending.Lost(var why, var code) -> lost(why, code);
    }
  }

  private void anew() {
    LOG.info("{}: another certificate: connects anew", link);
    sever();
    phase = new Phase.Resting(room.nanos());
  }

  private void connected() {
    room.standing().become(UplinkView.State.CONNECTED);
    room.standing().trouble(null);
    troubleLogged = false;
    LOG.info("{}: connected as {}", link, client);
  }

  private void lost(String why, int code) {
    if (stopping) {
      end();
      return;
    }
    var lasted = lasted();
    sever();
    room.standing().become(UplinkView.State.DOWN);
    var pause = pause(why, code, lasted);
    phase = new Phase.Resting(room.nanos() + pause.toNanos());
  }

  private Duration pause(String why, int code, Duration lasted) {
    if (code == SESSION_TAKEN_OVER) {
      tellOfTwin();
      return comeback.afterTakeOver();
    }
    room.standing().trouble(why);
    logOnce(why);
    return comeback.after(lasted, urgency());
  }

  private Comeback.Urgency urgency() {
    boolean isEmergency =
        room.doors().outbox().waiting(Stream.EVENTS) > 0
            && room.doors().view().overview().alarms().stream()
                .anyMatch(alarm -> alarm.isActive() && alarm.severity() == Severity.EMERGENCY);
    return isEmergency ? Comeback.Urgency.EMERGENCY : Comeback.Urgency.USUAL;
  }

  private void tellOfTwin() {
    var says = "another client has taken our session: is '%s' given twice?".formatted(client);
    room.standing().trouble(says);
    logOnce(says);
    long nanos = room.nanos();
    if (twinTold == null || nanos - twinTold >= TWIN_AGAIN.toNanos()) {
      twinTold = nanos;
      var now = room.doors().view().overview().now();
      room.doors()
          .health()
          .accept(new Event.Health(now, "session-taken-over", client, List.of(says)));
    }
  }

  private Duration lasted() {
    return switch (phase) {
      case Phase.Talking talking -> Duration.ofNanos(room.nanos() - talking.began());
      case Phase.Calling calling -> Duration.ofNanos(room.nanos() - calling.began());
      case Phase.Resting resting -> Duration.ZERO;
      case Phase.Over over -> Duration.ZERO;
    };
  }

  private void sever() {
    switch (phase) {
      case Phase.Talking talking -> talking.connection().sever();
      case Phase.Calling calling -> calling.connection().sever();
      case Phase.Resting resting -> {}
      case Phase.Over over -> {}
    }
  }

  /** A state is told when it changes: once an outage. */
  private void logOnce(String why) {
    if (!troubleLogged) {
      troubleLogged = true;
      LOG.warn("{}: down: {}; goes on trying", link, why);
    }
  }

  private long answered(Phase.Calling calling) {
    return calling.began() + room.deadlines().connack().toNanos();
  }

  private boolean isOver(long until) {
    return room.nanos() - until >= 0;
  }

  private Duration left(long until) {
    return Duration.ofNanos(until - room.nanos());
  }

  private Message will() {
    var outbox = room.doors().outbox();
    return Message.retained(
        Lane.NOTICES,
        room.topics().state(),
        room.payloads().state("lost", outbox.epoch(), ClockQuality.NONE, Budget.Stage.ALL));
  }
}

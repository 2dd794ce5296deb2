package org.kerbside.gateway.uplink;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT client towards the city, under its own supervisor: connects, talks until the connection
 * ends, waits with jitter, connects anew. One platform thread does it all, because reading the
 * outbox may go native; Paho's threads only put signals into its mailbox. The public methods are
 * thread-safe.
 */
public final class Uplink implements ProgressListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

  /** MQTT 5: another client took our session over. Coming back at once would be a fight. */
  private static final int SESSION_TAKEN_OVER = 0x8E;

  /** A twin is told of at the earliest so long after the last time. */
  private static final Duration TWIN_AGAIN = Duration.ofHours(1);

  private static final Duration STOP = Duration.ofSeconds(4);

  private final Link link;
  private final Addresses addresses;
  private final Outbox outbox;
  private final String clientId;
  private final Room room;
  private final Comeback comeback;
  private final Thread thread;

  private volatile boolean stopping;

  /** Of the current connection; a new one for each. */
  private volatile Mailbox mailbox = new Mailbox();

  // The supervisor's alone.
  private boolean troubleLogged;
  private @Nullable Long twinTold;

  public Uplink(
      Site site, Link link, Description description, Doors doors, RandomGenerator chance) {
    this(
        site,
        link,
        new Addresses(InetAddress::getAllByName),
        description,
        doors,
        chance,
        Deadlines.USUAL);
  }

  Uplink(
      Site site,
      Link link,
      Addresses addresses,
      Description description,
      Doors doors,
      RandomGenerator chance,
      Deadlines deadlines) {
    var topics = Topics.of(link, site.id());
    var standing = new Standing();
    this.link = link;
    this.addresses = addresses;
    this.outbox = doors.outbox();
    var release = Release.of(description.ack());
    this.clientId = "kerbside-%s-%s".formatted(link.tenant(), site.id());
    this.comeback = new Comeback(chance, deadlines.stable(), link.spread());
    this.room =
        new Room(
            topics,
            new Payloads(site, description),
            doors,
            new Commands(topics, doors.commands(), System.nanoTime()),
            new Replies(),
            new Audience(doors, standing),
            release,
            new Sent(deadlines.watermark()),
            new Suspects(deadlines.refused()),
            new Explained(System.nanoTime()),
            standing,
            deadlines,
            chance);
    this.thread = Thread.ofPlatform().name("uplink").daemon().unstarted(this::run);
  }

  public void start() {
    outbox.whenCommitted(() -> mailbox.committed());
    thread.start();
  }

  /** How it stands now. */
  public UplinkView view() {
    return room.standing().view(outbox.waiting(Stream.READINGS) + outbox.waiting(Stream.EVENTS));
  }

  @Override
  public void progress(String command, Progress progress) {
    room.replies().add(new Replies.Reply.OnItsWay(command, progress));
    mailbox.told();
  }

  @Override
  public void ended(Event.Result result) {
    room.replies().add(new Replies.Reply.Ended(result));
    mailbox.told();
  }

  /** Tells {@code offline}, waits at most two seconds for PUBACKs, disconnects. */
  @Override
  public void close() {
    stopping = true;
    mailbox.put(new Signal.Stop());
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(STOP)) {
        thread.interrupt();
      }
    } catch (InterruptedException stop) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      var pause = Duration.ZERO;
      while (!stopping && rest(pause)) {
        pause = liveOnce();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      room.standing().become(UplinkView.State.DOWN);
    }
  }

  /** One connection from CONNECT to its end; says how long to wait before the next. */
  private Duration liveOnce() throws InterruptedException {
    var fresh = new Mailbox();
    mailbox = fresh;
    room.standing().become(UplinkView.State.CONNECTING);
    long started = System.nanoTime();
    try {
      var connection = Connection.open(link, addresses, clientId, will(), room.deadlines(), fresh);
      try {
        return pause(talk(connection, fresh), Duration.ofNanos(System.nanoTime() - started));
      } finally {
        connection.sever();
      }
    } catch (LinkException cause) {
      return pause(new Conversation.Ending.Lost(cause.why(), 0), Duration.ZERO);
    } catch (RuntimeException cause) {
      LOG.error("{}: a fault of ours", link, cause);
      return pause(new Conversation.Ending.Lost("a fault of ours: " + cause, 0), Duration.ZERO);
    }
  }

  private Conversation.Ending talk(Connection connection, Mailbox fresh)
      throws InterruptedException {
    long end = System.nanoTime() + room.deadlines().connack().toNanos();
    while (!stopping) {
      var signal = fresh.take(Duration.ofNanos(end - System.nanoTime()));
      switch (signal) {
        case Signal.Connected broker -> {
          connected();
          return new Conversation(connection, fresh, room, broker).run();
        }
        case Signal.Lost(var why, var code) -> {
          return new Conversation.Ending.Lost(why, code);
        }
        case null, default -> {
          if (System.nanoTime() - end >= 0) {
            return new Conversation.Ending.Lost(
                "%s: no answer to CONNECT for %d ms"
                    .formatted(link, room.deadlines().connack().toMillis()),
                0);
          }
        }
      }
    }
    return new Conversation.Ending.Stopped();
  }

  private void connected() {
    room.standing().become(UplinkView.State.CONNECTED);
    room.standing().trouble(null);
    troubleLogged = false;
    LOG.info("{}: connected as {}", link, clientId);
  }

  private Duration pause(Conversation.Ending ending, Duration lasted) {
    return switch (ending) {
      case Conversation.Ending.Stopped() -> Duration.ZERO;
      case Conversation.Ending.Lost(var why, var code) -> {
        room.standing().become(UplinkView.State.DOWN);
        if (code == SESSION_TAKEN_OVER) {
          tellOfTwin();
          yield comeback.afterTakeOver();
        }
        room.standing().trouble(why);
        logOnce(why);
        yield comeback.after(lasted, urgency());
      }
    };
  }

  private Comeback.Urgency urgency() {
    boolean isEmergency =
        outbox.waiting(Stream.EVENTS) > 0
            && room.doors().view().overview().alarms().stream()
                .anyMatch(alarm -> alarm.severity() == Severity.EMERGENCY);
    return isEmergency ? Comeback.Urgency.EMERGENCY : Comeback.Urgency.USUAL;
  }

  private void tellOfTwin() {
    var says = "another client has taken our session: is '%s' given twice?".formatted(clientId);
    room.standing().trouble(says);
    logOnce(says);
    long nanos = System.nanoTime();
    if (twinTold == null || nanos - twinTold >= TWIN_AGAIN.toNanos()) {
      twinTold = nanos;
      var now = room.doors().view().overview().now();
      room.doors()
          .health()
          .accept(new Event.Health(now, "session-taken-over", clientId, List.of(says)));
    }
  }

  /** A state is told when it changes: once an outage. */
  private void logOnce(@Nullable String why) {
    if (!troubleLogged) {
      troubleLogged = true;
      LOG.warn("{}: down: {}; goes on trying", link, why);
    }
  }

  private boolean rest(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    while (!stopping && System.nanoTime() - end < 0) {
      mailbox.take(Duration.ofNanos(end - System.nanoTime()));
    }
    return !stopping;
  }

  private Message will() {
    return Message.retained(
        Lane.NOTICES,
        room.topics().state(),
        room.payloads().state("lost", outbox.epoch(), ClockQuality.NONE));
  }
}

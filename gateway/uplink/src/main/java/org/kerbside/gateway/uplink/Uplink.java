package org.kerbside.gateway.uplink;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;

/**
 * The MQTT client towards the city. One platform thread does it all, because reading the outbox may
 * go native: it waits for signals and hands them to the {@link Supervisor}. Paho's threads only put
 * signals into its mailbox. The public methods are thread-safe.
 */
public final class Uplink implements ProgressListener, AutoCloseable {

  /** It looks after itself so often though nothing is to be done: it lives. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final Duration STOP = Duration.ofSeconds(4);

  private final Outbox outbox;
  private final Room room;
  private final Reception reception;
  private final Supervisor supervisor;
  private final Thread thread;
  private volatile long steps;

  /**
   * The way to a city's broker by MQTT over TCP.
   *
   * @param clock {@link Clock#nanos} paces it
   */
  public Uplink(
      Site site,
      Link link,
      Description description,
      Doors doors,
      RandomGenerator chance,
      Clock clock) {
    this(
        site,
        link,
        new Addresses(InetAddress::getAllByName),
        description,
        doors,
        chance,
        clock,
        Deadlines.USUAL);
  }

  Uplink(
      Site site,
      Link link,
      Addresses addresses,
      Description description,
      Doors doors,
      RandomGenerator chance,
      Clock clock,
      Deadlines deadlines) {
    this(
        link,
        link.client(site.id()),
        addresses,
        Room.of(site, link, description, doors, chance, clock, deadlines),
        new Reception());
  }

  private Uplink(Link link, String client, Addresses addresses, Room room, Reception reception) {
    this(
        link,
        client,
        PahoConnection.network(
            link, addresses, client, room.deadlines(), reception, room.budget().traffic()),
        room,
        reception);
  }

  /** Over any network. What is not started may be stepped: {@link #supervisor}. */
  Uplink(Link link, String client, Network network, Room room) {
    this(link, client, network, room, new Reception());
  }

  private Uplink(Link link, String client, Network network, Room room, Reception reception) {
    this.room = room;
    this.reception = reception;
    outbox = room.doors().outbox();
    supervisor = new Supervisor(link, client, network, room);
    thread = Thread.ofPlatform().name("uplink").daemon().unstarted(this::run);
    outbox.whenCommitted(() -> supervisor.mailbox().committed());
  }

  public void start() {
    thread.start();
  }

  /** What its thread steps. */
  Supervisor supervisor() {
    return supervisor;
  }

  /** How it stands now. */
  public UplinkView view() {
    var view =
        room.standing().view(outbox.waiting(Stream.READINGS) + outbox.waiting(Stream.EVENTS));
    if (view.trouble() != null) {
      return view;
    }
    var note = reception.note();
    return view.troubled(note == null ? room.budget().note() : note);
  }

  /** The used part of the month's allowance, 1 for all of it; absent where there is none. */
  public @Nullable Double budgetUsed() {
    return room.budget().used();
  }

  /** Bytes on the line since the start, both ways, with what IP and TCP put around them. */
  public long bytes() {
    return room.budget().bytes();
  }

  /** How the broker receives our certificate. */
  public Reception reception() {
    return reception;
  }

  /** How many connections stood since the start. */
  public long connects() {
    return room.standing().connects();
  }

  /** How many attempts ended before the broker had said yes, since the start. */
  public long failures() {
    return room.standing().failures();
  }

  /**
   * What became of the frames of a topic since the start.
   *
   * @param topic its word: {@code e}, {@code d}, {@code h}
   * @param taken that the broker has acknowledged
   * @param refused that it, or its limit, did not want; one may be so more than once
   */
  public record Frames(String topic, long taken, long refused) {}

  /** By topic. */
  public List<Frames> frames() {
    return List.of(frames("e", Lane.EVENTS), frames("d", Lane.LIVE), frames("h", Lane.BACKLOG));
  }

  private Frames frames(String topic, Lane lane) {
    return new Frames(topic, room.standing().taken(lane), room.standing().refused(lane));
  }

  /** How long all frames that the broker has answered were under way, one after another. */
  public Duration answering() {
    return room.standing().answering();
  }

  /** How often its thread has got on; every five seconds at least, with a link or without. */
  public long steps() {
    return steps;
  }

  /** What TLS shows has changed: takes leave in order, and connects anew at once. */
  public void renew() {
    supervisor.mailbox().put(new Signal.Renewed());
  }

  @Override
  public void progress(String command, Progress progress) {
    room.replies().add(new Replies.Reply.OnItsWay(command, progress));
    supervisor.mailbox().told();
  }

  @Override
  public void ended(Event.Result result) {
    room.replies().add(new Replies.Reply.Ended(result));
    supervisor.mailbox().told();
  }

  /** Tells {@code offline}, waits at most two seconds for PUBACKs, disconnects. */
  @Override
  public void close() {
    supervisor.stop();
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

  @SuppressWarnings("NonAtomicVolatileUpdate") // Its thread is the only writer.
  private void run() {
    try {
      var wait = supervisor.step(null);
      while (wait != null) {
        steps++;
        var longest = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        wait = supervisor.step(supervisor.mailbox().take(longest));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      supervisor.end();
    }
  }
}

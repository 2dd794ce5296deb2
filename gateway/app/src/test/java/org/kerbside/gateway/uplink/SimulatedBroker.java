package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.testkit.Timetable;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.Stream;

/**
 * The city's broker and the link to it, both simulated: they delay, drop, refuse, forget and fall
 * silent as they are told. One stands through all lives of a gateway. Nothing overtakes on a line.
 */
public final class SimulatedBroker implements Network {

  /** What the link does. */
  public enum Way {
    UP,
    /** Nobody listens at the broker's port. */
    REFUSED,
    /** What is sent vanishes, and nothing comes back. */
    DARK
  }

  /** A message that reached the broker. */
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
  public record Publication(
      String topic, Rendered rendered, @Nullable Stream stream, @Nullable String epoch, long seq) {}

  /** Who is subscribed to all of it, and decides what the broker answers. */
  public interface City {

    /** The reason code of the PUBACK. */
    int answer(Publication publication);

    /** It got through to the city. */
    void published(Publication publication);
  }

  private final Timetable time;
  private final RandomGenerator chance;
  private final City city;
  private final String prefix;

  private int receiveMaximum = 20;
  private long largestPacket = Long.MAX_VALUE;
  private Duration latency = Duration.ofMillis(40); // one way
  private Duration delay = Duration.ofMillis(5); // from the broker to the city
  private double repeats; // the share of messages that reach the city twice
  private long bandwidth = Long.MAX_VALUE; // bytes a second, up
  private Way way = Way.UP;
  private long dark; // since when
  private long calm; // since when nothing was disturbed
  private int life; // of the broker: what it forgets ends with it
  private @Nullable Line line;
  private int packet;

  public SimulatedBroker(Timetable time, RandomGenerator chance, City city, String prefix) {
    this.time = time;
    this.chance = chance;
    this.city = city;
    this.prefix = prefix;
  }

  public void takes(int receives, long largest) {
    receiveMaximum = receives;
    largestPacket = largest;
  }

  public void repeats(double share) {
    repeats = share;
  }

  /** How long a message travels one way, and lies at the broker before the city has it. */
  public void travels(Duration oneWay, Duration lies) {
    disturbed(Duration.ZERO);
    latency = oneWay;
    delay = lies;
  }

  /** The link changes; who is connected is told nothing. */
  public void way(Way now) {
    disturbed(Duration.ZERO);
    if (way == Way.UP) {
      dark = time.nanos();
    }
    way = now;
    if (now == Way.REFUSED) {
      cut("reset", -1);
    }
  }

  /** The connection ends, and what is under way is lost. */
  public void cut(String why, int code) {
    disturbed(Duration.ZERO);
    var standing = line;
    if (standing != null) {
      standing.lose(why, code);
    }
  }

  /** The broker dies, and keeps what it acknowledged. */
  public void die() {
    cut("the broker hung up", -1);
  }

  /** The broker dies, and with it what it acknowledged and nobody got yet. */
  public void forget() {
    life++;
    die();
  }

  /** How much goes up in a second; at first as much as one likes. */
  public void bandwidth(long bytesPerSecond) {
    bandwidth = bytesPerSecond;
  }

  /** What is under way, or comes for so long, may take longer. */
  public void disturbed(Duration forSoLong) {
    calm = Math.max(calm, time.nanos() + forSoLong.toNanos());
  }

  /**
   * Since when the line stands and nothing was disturbed, ns; the greatest long when it does not.
   */
  public long calmSince() {
    var standing = line;
    return standing == null || way != Way.UP || !standing.isUp()
        ? Long.MAX_VALUE
        : Math.max(calm, standing.up);
  }

  /** From the city to the gateway, when it is there. */
  public void send(String topic, byte[] payload, boolean retained) {
    var standing = line;
    if (standing != null && standing.subscribed) {
      var retention = retained ? Message.Retention.RETAINED : Message.Retention.PASSING;
      int id = packet++ % 65_535 + 1;
      var request = new Request(prefix + topic, payload, retention, id, 1, null, null);
      standing.down(new Signal.Arrived(request));
    }
  }

  @Override
  public Connection connect(Message will, Mailbox mailbox) throws LinkException {
    var before = line;
    if (before != null) {
      before.open = false;
    }
    line = null;
    if (way == Way.REFUSED) {
      throw new LinkException("connection refused");
    }
    var fresh = new Line(mailbox);
    line = fresh;
    fresh.up(fresh::connected);
    return fresh;
  }

  private void arrived(Line on, Message message) {
    var rendered =
        new Rendered(
            message.payload(),
            message.packing() == Message.Packing.ZLIB
                ? Rendered.Encoding.ZLIB
                : Rendered.Encoding.PLAIN);
    if (message.packet() > largestPacket) {
      on.lose("the broker disconnects: 0x95", Suspects.PACKET_TOO_LARGE);
      return;
    }
    var publication =
        new Publication(
            message.topic().substring(prefix.length()),
            rendered,
            message.lane().stream(),
            message.epoch(),
            message.seq());
    int code = city.answer(publication);
    if (code == 0) {
      hand(publication);
      if (chance.nextDouble() < repeats) {
        hand(publication);
      }
    }
    on.down(new Signal.Acknowledged(message, code));
  }

  private void hand(Publication publication) {
    int now = life;
    time.after(
        delay,
        () -> {
          if (life == now) {
            city.published(publication);
          }
        });
  }

  /** One connection. */
  private final class Line implements Connection {

    private final Mailbox mailbox;
    private boolean open = true;
    private boolean subscribed;
    private boolean torn; // bytes are missing
    private long up = Long.MAX_VALUE; // since when it stands
    private long input = time.nanos();
    private long sent; // when the last byte of ours is on the line
    private long lastUp;
    private long lastDown;
    private int inFlight;

    Line(Mailbox mailbox) {
      this.mailbox = mailbox;
    }

    boolean isUp() {
      return open && !torn && up != Long.MAX_VALUE;
    }

    private void connected() {
      down(new Signal.Connected(receiveMaximum, largestPacket));
    }

    private void up(Runnable arrives) {
      lastUp = Math.max(lastUp, time.nanos() + jittered());
      travel(lastUp, arrives);
    }

    private void down(Signal signal) {
      lastDown = Math.max(lastDown, time.nanos() + jittered());
      travel(lastDown, () -> hear(signal));
    }

    /** Unless the link swallows it; and after a byte that is missing TCP hands on no other. */
    private void travel(long until, Runnable arrives) {
      torn |= way != Way.UP;
      time.at(
          until,
          () -> {
            torn |= way != Way.UP;
            if (open && !torn) {
              arrives.run();
            }
          });
    }

    private void hear(Signal signal) {
      input = time.nanos();
      if (signal instanceof Signal.Acknowledged) {
        inFlight--;
      } else if (signal instanceof Signal.Connected) {
        up = time.nanos();
      }
      mailbox.put(signal);
    }

    private long jittered() {
      return latency.toNanos() + chance.nextLong(latency.toNanos() / 4 + 1);
    }

    void lose(String why, int code) {
      if (open) {
        open = false;
        line = line == this ? null : line;
        time.after(latency, () -> mailbox.put(new Signal.Lost(why, code)));
      }
    }

    @Override
    public void subscribe(List<String> filters) throws LinkException {
      alive();
      up(
          () -> {
            subscribed = true;
            down(new Signal.Subscribed(filters.stream().map(_ -> 1).toList()));
          });
    }

    @Override
    public void publish(Message message) throws LinkException {
      alive();
      inFlight++;
      if (inFlight > receiveMaximum) {
        throw new AssertionError(
            "%d messages under way, the broker takes %d".formatted(inFlight, receiveMaximum));
      }
      sent = Math.max(sent, time.nanos()) + message.packet() * 1_000_000_000 / bandwidth;
      lastUp = Math.max(lastUp, sent + latency.toNanos());
      up(() -> arrived(this, message));
    }

    @Override
    public void acknowledge(Request request) throws LinkException {
      alive();
    }

    private void alive() throws LinkException {
      if (!open) {
        throw new LinkException("closed");
      }
    }

    /** The library pings: a line that is well is never silent for longer than the keep-alive. */
    @Override
    public Duration silence() {
      long still = time.nanos() - Math.max(input, dark);
      return way == Way.UP && open && !torn
          ? Duration.ofNanos(Math.min(still, Deadlines.USUAL.keepAlive().toNanos()))
          : Duration.ofNanos(still);
    }

    @Override
    public void leave() {
      sever();
    }

    @Override
    public void sever() {
      open = false;
      line = line == this ? null : line;
    }
  }
}

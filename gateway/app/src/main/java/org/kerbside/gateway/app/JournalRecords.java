package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What systemd's journal hears of events, in fields that people search by and with a message id
 * under which {@code journalctl -x} says what to do. Says what happened to what, and no more: no
 * text of foreigners, no value, no name of a person, and nothing of where a person is. Belongs to
 * the writer's thread.
 */
public final class JournalRecords {

  /** Where journald hears, in its own words. */
  static final String SOCKET = "/run/systemd/journal/socket";

  private static final Logger LOG = LoggerFactory.getLogger(JournalRecords.class);

  /** The same of the same is told at most once within it, and then how often it was. */
  private static final Duration QUIET = Duration.ofMinutes(10);

  private static final int MOST_REMEMBERED = 1_000;

  private final UnixDatagram socket;
  private final Set<String> buses;
  private final Set<String> discreet;
  private final Clock clock;
  private boolean isDeaf;

  /** What was told, and how often it was not told since. */
  private record Told(long nanos, int since) {}

  // By event and subject; the oldest first.
  private final LinkedHashMap<String, Told> told = new LinkedHashMap<>();

  JournalRecords(String socket, Set<String> buses, Set<String> discreet, Clock clock) {
    this.socket = new UnixDatagram(socket);
    this.buses = Set.copyOf(buses);
    this.discreet = Set.copyOf(discreet);
    this.clock = clock;
  }

  /**
   * Null where this process does not speak to journald.
   *
   * @param environment of the process
   * @param buses of the site
   * @param discreet assets of whose alarms nothing is told, because they tell of people
   */
  public static @Nullable JournalRecords of(
      Map<String, String> environment, Set<String> buses, Set<String> discreet, Clock clock) {
    return environment.containsKey("JOURNAL_STREAM")
        ? new JournalRecords(SOCKET, buses, discreet, clock)
        : null;
  }

  /** Takes events that are committed. */
  public void hear(List<Event> committed) {
    for (var event : committed) {
      var line = JournalLine.of(event);
      if (!isDiscreet(event)) {
        tell(line);
      }
    }
  }

  private boolean isDiscreet(Event event) {
    return event instanceof Event.AlarmChanged changed
        && discreet.contains(changed.alarm().asset());
  }

  private void tell(JournalLine line) {
    var key = line.event() + " " + line.subject();
    var before = told.remove(key);
    long now = clock.nanos();
    if (before != null && now - before.nanos() < QUIET.toNanos()) {
      told.putLast(key, new Told(before.nanos(), before.since() + 1));
      return;
    }
    told.putLast(key, new Told(now, 0));
    if (told.size() > MOST_REMEMBERED) {
      told.pollFirstEntry();
    }
    send(record(line, before == null ? 0 : before.since()));
  }

  /** In the order in which people read them. */
  private Map<String, String> record(JournalLine line, int untold) {
    var fields = new LinkedHashMap<String, String>();
    var more = untold == 0 ? "" : ", and %d times since it was told last".formatted(untold);
    fields.put("MESSAGE", "%s %s%s".formatted(line.event(), line.subject(), more).strip());
    fields.put("PRIORITY", String.valueOf(line.priority()));
    fields.put("SYSLOG_IDENTIFIER", "kerbside");
    fields.put("MESSAGE_ID", messageId(line.known()));
    fields.put("KERBSIDE_EVENT", line.event());
    fields.put("KERBSIDE_SUBJECT", line.subject());
    put(fields, "KERBSIDE_ASSET", line.asset());
    put(fields, "KERBSIDE_BUS", bus(line.subject()));
    put(fields, "KERBSIDE_FRAME", line.frames());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /** A device is named after its bus: {@code rs485-a/31}. */
  private @Nullable String bus(String subject) {
    var first = subject.split("/", 2)[0];
    return buses.contains(first) ? first : null;
  }

  private void send(Map<String, String> fields) {
    var message = new StringBuilder();
    fields.forEach((name, value) -> message.append(name).append('=').append(value).append('\n'));
    try {
      socket.send(message.toString());
      isDeaf = false;
    } catch (IOException gone) {
      if (!isDeaf) {
        LOG.warn("journald does not hear: {}", Objects.toString(gone.getMessage()));
      }
      isDeaf = true;
    }
  }

  /** The same on every gateway and for ever: made of the event's name. */
  static String messageId(String event) {
    var name = "org.kerbside/event/" + event;
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString().replace("-", "");
  }
}

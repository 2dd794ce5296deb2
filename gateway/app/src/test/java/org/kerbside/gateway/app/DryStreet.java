package org.kerbside.gateway.app;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.drivers.simulator.SteppedStreet;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.desk.Desk;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.rules.RuleBook;

/**
 * A simulated street with everything that decides on it, and no thread, disk, city or wall clock:
 * control's turn, step by step, as fast as it will go.
 */
final class DryStreet {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

  private final SiteConfig site;
  private final SteppedStreet street;
  private final Stamp stamp;
  private final Decision decision;
  private final JsonWire wire;
  private final MessageDigest digest = sha256();
  private final List<Event> told = new ArrayList<>();
  private final List<Reading> framed = new ArrayList<>();
  private final Keeps keeps;
  private final Set<String> names = new TreeSet<>();
  private Moment now;
  private long seq;

  /** What a run keeps of the readings that enter frames. */
  enum Keeps {
    EVENTS,
    READINGS_TOO
  }

  /** At a time of the site, as {@code 2026-06-15T20:00}. */
  DryStreet(String begin, Keeps keeps) {
    this(site(), begin, keeps);
  }

  private DryStreet(SiteConfig site, String begin, Keeps keeps) {
    this.site = site;
    this.keeps = keeps;
    var start = LocalDateTime.parse(begin).atZone(site.site().zone()).toInstant();
    now = new Moment(start, ClockQuality.SYNC, Duration.ZERO);
    street = new SteppedStreet(7, STEP, site.site(), site.devices());
    var rules = RuleBook.read(site, new Mistakes());
    rules.cards().forEach(card -> names.add(card.name()));
    var derive = new Derive(site.assets());
    var silence = new Silence(site.devices());
    stamp = new Stamp(silence, new Recent(key -> false), new Reports());
    var outlets = new Outlets(site.devices(), Map.of("sim", street));
    var floors = rules.programmes().floors();
    var desk = new Desk(site.assets(), outlets::reaches, floors, site.uplink().lease());
    var begun = Desk.ruling();
    var desked = desk.start(List.of(), now, begun);
    decision =
        new Decision(
            new Decision.Rooms(
                derive, rules.engine(), rules.recollection(), rules.programmes(), desk),
            new Decision.Sides(stamp, silence, new State(site.assets(), silence), outlets),
            desked,
            Restart.anew(rules, derive, now));
    wire = new JsonWire(site.site().id(), "boot0000", null);
    var batch = Batch.empty();
    decision.carryOut(begun, now, batch);
    take(batch);
  }

  private static SiteConfig site() {
    var mistakes = new Mistakes();
    var reader = new SiteReader(Kinds.TABLE, Profiles.shipped(), Set.of("simulator"));
    Path file = GatewayProcess.home().resolve("config/sites/street.yaml");
    var site = reader.read(file, List.of(), mistakes);
    if (site == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return site;
  }

  /** The names of the rules that run. */
  Set<String> rules() {
    return names;
  }

  int assets() {
    return (int)
        site.assets().stream().filter(asset -> !asset.kind().name().equals(Kind.BUS)).count();
  }

  /** The assets that have a device. */
  List<String> devices() {
    return site.devices().stream().map(device -> device.asset().id()).toList();
  }

  void strike(String asset, String fault, Duration lasts) {
    street.strike(asset, fault, lasts);
  }

  DryStreet pass(Duration time) {
    var until = now.plus(time);
    while (now.isBefore(until)) {
      now = now.plus(STEP);
      var samples = new ArrayList<Reading>();
      var refused = new ArrayList<Event>();
      for (var delivery : street.step(now.wall())) {
        stamp.on("sim", delivery, now, samples, refused);
      }
      if (!refused.isEmpty()) {
        throw new AssertionError(refused.toString());
      }
      if (!samples.isEmpty() || isDue()) {
        var batch = Batch.empty();
        decision.turn(samples, now, Desk.ruling(), batch);
        take(batch);
      }
    }
    return this;
  }

  private boolean isDue() {
    var wake = decision.wake();
    return decision.isAsked() || (wake != null && wake.compareTo(now.sinceBoot()) <= 0);
  }

  private void take(Batch batch) {
    batch.events().forEach(this::tell);
    if (keeps == Keeps.READINGS_TOO) {
      framed.addAll(batch.readings());
    }
  }

  private void tell(Event event) {
    if (event instanceof Event.Health health && health.what().equals("move")) {
      throw new AssertionError(health.toString());
    }
    told.add(event);
    var place = new Place(site.site().id(), "e0000000", Stream.EVENTS, ++seq);
    digest.update(wire.render(new Frame.Single(place, event.at(), event)).payload());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new AssertionError(never);
    }
  }

  Instant now() {
    return now.wall();
  }

  List<Event> told() {
    return told;
  }

  /** The readings that entered frames. */
  List<Reading> framed() {
    return framed;
  }

  /** Of all events as the city gets them. */
  String fingerprint() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** One line an event. */
  List<String> lines() {
    return told.stream()
        .map(event -> TIME.format(event.at().wall().atZone(site.site().zone())) + " " + said(event))
        .toList();
  }

  /** Alarms that were raised, as {@code bin-1/bin-full}, how often. */
  Map<String, Integer> raised() {
    return changes(Event.AlarmChanged.Change.RAISED);
  }

  Map<String, Integer> changes(Event.AlarmChanged.Change which) {
    var raised = new HashMap<String, Integer>();
    for (var event : told) {
      if (event instanceof Event.AlarmChanged changed
          && changed.change() == which
          && changed.alarm().care().cause() == null) {
        raised.merge(changed.alarm().asset() + "/" + changed.alarm().rule(), 1, Integer::sum);
      }
    }
    return raised;
  }

  /** What is known worse than well: {@code bin-1/fill rate}, and facts that no rule judges. */
  Set<String> marks() {
    var marks = new TreeSet<String>();
    for (var reading : framed) {
      switch (reading.quality()) {
        case Quality.Good() -> {}
        case Quality.Uncertain(var reason) -> marks.add(reading.point() + " " + reason);
        case Quality.Bad(var reason) -> marks.add(reading.point() + " " + reason);
      }
    }
    for (var event : told) {
      if (event instanceof Event.Health health) {
        marks.add(health.subject() + " " + health.what());
      }
    }
    return marks;
  }

  private static String said(Event event) {
    return switch (event) {
      case Event.AlarmChanged changed ->
          "%s %s/%s %s%s"
              .formatted(
                  changed.change().word(),
                  changed.alarm().asset(),
                  changed.alarm().rule(),
                  changed.alarm().severity(),
                  changed.alarm().care().cause() == null
                      ? ""
                      : " because of " + changed.alarm().care().cause());
      case Event.Health health -> health.what() + " " + health.subject();
      case Event.Audit audit -> "audit " + audit;
      case Event.Commission learned -> "commission " + learned;
      case Event.Kpi kpi -> "kpi " + kpi;
      case Event.Result result -> "result " + result.outcome();
      case Event.Gap gap -> "gap " + gap.reason();
      case Event.Clock clock -> "clock " + clock.shift();
    };
  }
}

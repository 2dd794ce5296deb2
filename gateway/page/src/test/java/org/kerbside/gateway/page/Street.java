package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.model.Value;

/** A site by hand: assets are added, points told what to say, and time moved. Thread-safe. */
final class Street implements SiteView {

  static final Moment NOON =
      new Moment(Instant.parse("2026-10-01T06:32:05Z"), ClockQuality.SYNC, Duration.ofHours(30));

  private static final Duration BEAT = Duration.ofMinutes(15);

  private static final Kind TOILET = kind("toilet", counter("visits"));
  private static final Kind STALL = kind("stall", flag("occupied"));
  private static final Kind AIR =
      kind(
          "air",
          number("nh3", "ug/m3", 35_000),
          number("h2s", "ug/m3", 70_000),
          number("temperature", "Cel", 60),
          number("humidity", "%RH", 100));
  private static final Kind BIN = kind("bin", number("fill", "/", 1));
  private static final Kind LAMP =
      kind("lamp", output("on"), flag("lit"), number("power", "W", 2000));
  private static final Kind ZONE =
      kind("zone", number("valve", "/", 1), number("flow", "m3/s", .05));
  private static final Kind MASTER =
      kind(
          "master",
          number("valve", "/", 1),
          number("flow", "m3/s", .05),
          number("pressure", "Pa", 1.6e6));

  /** Kinds whose good value has a look of its own. */
  static final Map<String, Kind> SHOWN = Map.of("stall", STALL, "lamp", LAMP, "bin", BIN);

  private final Site site;
  private final List<Asset> assets = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private final Map<Integer, Owner> owners = new HashMap<>();
  private final Map<String, Act> works = new HashMap<>();
  private final AtomicLong revision = new AtomicLong(1);
  private Moment now = NOON;
  private UplinkView uplink =
      new UplinkView(UplinkView.State.CONNECTED, 0, 100, Instant.EPOCH, null);

  Street(String name) {
    site = new Site("CD-QY-0173", name, ZoneId.of("Asia/Shanghai"), 30.6586, 104.0583);
  }

  static Street empty() {
    return new Street("空地");
  }

  /** The demo's street: six stalls, two bins, eight lamps, two zones, all well and just heard. */
  static Street demo() {
    var street = new Street("人民公园 3 号公厕");
    street.add("wc-1", TOILET, "公厕", null);
    var names = List.of("女 1", "女 2", "女 3", "男 1", "男 2", "男 3");
    for (int i = 1; i <= 6; i++) {
      street.add("stall-" + i, STALL, names.get(i - 1), "wc-1");
      street.says("stall-" + i, "occupied", Value.Flag.of(i == 2));
    }
    street.add("air-1", AIR, "空气", "wc-1");
    street.says("air-1", "nh3", new Value.Num(120));
    street.says("air-1", "temperature", new Value.Num(21.4));
    street.says("air-1", "humidity", new Value.Num(63));
    for (int i = 1; i <= 2; i++) {
      street.add("bin-" + i, BIN, "垃圾桶 " + i, null);
    }
    street.says("bin-1", "fill", new Value.Num(.34));
    street.says("bin-2", "fill", new Value.Num(.62));
    for (int i = 1; i <= 8; i++) {
      street.add("lamp-" + i, LAMP, "路灯 " + i, null);
      street.says("lamp-" + i, "lit", Value.Flag.of(i <= 2));
    }
    street.add("master-1", MASTER, "总阀", null);
    street.says("master-1", "flow", new Value.Num(12.4 / 60_000));
    street.says("master-1", "valve", new Value.Num(1));
    street.add("zone-1", ZONE, "1 区", "master-1");
    street.says("zone-1", "flow", new Value.Num(12.4 / 60_000));
    street.says("zone-1", "valve", new Value.Num(1));
    street.add("zone-2", ZONE, "2 区", "master-1");
    street.says("zone-2", "flow", new Value.Num(0));
    street.says("zone-2", "valve", new Value.Num(0));
    return street;
  }

  /** The same street on a bad day: every condition and every state of data at once. */
  static Street troubled() {
    var street = demo();
    street.says("stall-5", "occupied", Value.Flag.TRUE, Quality.GOOD, ago(22), ago(22));
    street.says(
        "stall-6",
        "occupied",
        Value.Flag.FALSE,
        new Quality.Uncertain(Reason.ONE_INPUT),
        ago(1),
        ago(9));
    street.says("bin-2", "fill", new Value.Num(.96), Quality.GOOD, ago(1), ago(26));
    street.falls("lamp-5", "lit", Reason.SILENT, ago(318));
    street.says("zone-2", "flow", new Value.Num(11.9 / 60_000), Quality.GOOD, ago(121), ago(125));
    street.falls("lamp-7", "lit", Reason.DEVICE_ERROR, ago(2));
    street.alarm(
        "bin-2",
        "bin-overflow",
        Severity.ALARM,
        26,
        Map.of("zh-CN", "垃圾桶 2 满溢 96%", "en", "垃圾桶 2 overflowing, 96%"));
    street.alarm(
        "stall-5",
        "stall-overstay",
        Severity.WARNING,
        22,
        Map.of("zh-CN", "男 2 占用超时 22 分钟", "en", "男 2 occupied for 22 min"));
    street.alarm(
        "master-1",
        "water-burst",
        Severity.EMERGENCY,
        3,
        Map.of("zh-CN", "总阀 疑似爆管 48 L/min", "en", "总阀 water burst, 48 L/min"));
    street.says("master-1", "flow", new Value.Num(48.0 / 60_000));
    street.add("zone-3", ZONE, "3 区", "master-1");
    street.manual("zone-1", "valve", 30);
    street.uplink(UplinkView.State.DOWN, 1240, "connection refused: 10.0.0.7:8883");
    return street;
  }

  /** An emergency of which the cause has gone, and one of which nothing is heard any more. */
  static Street alarming() {
    var street = demo();
    var words = Map.of("zh-CN", "求助按钮", "en", "SOS");
    street.says("stall-2", "occupied", Value.Flag.FALSE, Quality.GOOD, ago(1), ago(9));
    street.alarm("stall-2", "sos", Severity.EMERGENCY, 9, words);
    street.falls("stall-3", "occupied", Reason.SILENT, ago(318));
    street.alarm("stall-3", "sos", Severity.EMERGENCY, 320, words);
    return street;
  }

  synchronized void add(String id, Kind kind, String name, @Nullable String parent) {
    var points = new ArrayList<Point>();
    for (var spec : kind.points().values()) {
      var point = new Point(seen.size(), new PointId(id, spec.name()), spec);
      points.add(point);
      seen.add(new Seen(point, null, null, null));
    }
    assets.add(new Asset(id, kind, name, parent, points, Map.of(), Map.of()));
    revision.incrementAndGet();
  }

  void addGeneric(String id, String name, PointSpec... points) {
    add(id, kind("generic", points), name, null);
  }

  void addCabinet(PointSpec... points) {
    add("cabinet", kind("cabinet", points), "cabinet", null);
  }

  void addBus(String name) {
    add(name, kind(Kind.BUS), name, null);
  }

  void says(String asset, String point, Value value) {
    says(asset, point, value, Quality.GOOD, ago(0), ago(2));
  }

  synchronized void says(
      String asset, String name, Value value, Quality quality, Moment heard, Moment changed) {
    var point = point(asset, name);
    var reading = new Reading(point, value, quality, heard, Reading.Timing.RECEIPT);
    seen.set(point.index(), new Seen(point, reading, heard, changed));
    revision.incrementAndGet();
  }

  /** Puts a point into that state of data, {@code value} being what it last said. */
  void is(DataState data, String asset, String name, Value value) {
    switch (data) {
      case NEVER -> {}
      case SILENT -> falls(asset, name, Reason.SILENT, ago(9));
      case BAD -> falls(asset, name, Reason.TIME_OUT, ago(1));
      case STALE -> says(asset, name, value, Quality.GOOD, ago(60), ago(60));
      case UNCERTAIN ->
          says(asset, name, value, new Quality.Uncertain(Reason.STUCK), ago(1), ago(1));
      case GOOD -> says(asset, name, value);
    }
  }

  synchronized void falls(String asset, String name, Reason reason, Moment heard) {
    var point = point(asset, name);
    var reading = Reading.bad(point, reason, heard, Reading.Timing.RECEIPT);
    seen.set(point.index(), new Seen(point, reading, heard, heard));
    revision.incrementAndGet();
  }

  void alarm(
      String asset, String rule, Severity severity, int minutesAgo, Map<String, String> text) {
    alarm(asset, rule, severity, Alarm.Latch.NONE, minutesAgo, text);
  }

  synchronized void alarm(
      String asset,
      String rule,
      Severity severity,
      Alarm.Latch latch,
      int minutesAgo,
      Map<String, String> text) {
    alarms.add(
        new Alarm(
            asset,
            rule,
            "1",
            severity,
            Alarm.State.RAISED,
            latch,
            Alarm.Care.NONE,
            ago(minutesAgo),
            Duration.ZERO,
            List.of(),
            text,
            Map.of()));
    revision.incrementAndGet();
  }

  /** Cleared and acknowledged: there is no such alarm any more. */
  synchronized void gone(String id) {
    alarms.removeIf(alarm -> alarm.id().equals(id));
    revision.incrementAndGet();
  }

  synchronized void care(String id, Alarm.Care care) {
    alarms.replaceAll(alarm -> alarm.id().equals(id) ? alarm.with(care) : alarm);
    revision.incrementAndGet();
  }

  synchronized void work(String asset, int minutes) {
    works.put(asset, act(minutes));
    revision.incrementAndGet();
  }

  synchronized void work(String asset, @Nullable Act act) {
    if (act == null) {
      works.remove(asset);
    } else {
      works.put(asset, act);
    }
    revision.incrementAndGet();
  }

  static Act act(int minutes) {
    return new Act(
        Issuer.CREW, "crew:4711", "as told", ago(1), ago(0).plus(Duration.ofMinutes(minutes)));
  }

  void manual(String asset, String name, int minutes) {
    var until = now.plus(Duration.ofMinutes(minutes));
    owner(asset, name, new Owner(Issuer.CREW, "crew:4711", new Value.Num(1), until));
  }

  synchronized void owner(String asset, String name, Owner owner) {
    owners.put(point(asset, name).index(), owner);
    revision.incrementAndGet();
  }

  synchronized void uplink(UplinkView.State state, long waiting, @Nullable String trouble) {
    uplink = new UplinkView(state, waiting, 100, Instant.EPOCH, trouble);
    revision.incrementAndGet();
  }

  synchronized void passes(Duration time) {
    now = now.plus(time);
    revision.incrementAndGet();
  }

  synchronized void clock(ClockQuality known) {
    now = new Moment(now.wall(), known, now.sinceBoot());
    revision.incrementAndGet();
  }

  @Override
  public Site site() {
    return site;
  }

  @Override
  public synchronized Overview overview() {
    return new Overview(
        revision.get(),
        now,
        List.copyOf(assets),
        List.copyOf(seen),
        List.copyOf(alarms),
        Map.copyOf(owners),
        Map.copyOf(works));
  }

  @Override
  public synchronized UplinkView uplink() {
    return uplink;
  }

  @Override
  public long revision() {
    return revision.get();
  }

  static Moment ago(int minutes) {
    return NOON.plus(Duration.ofMinutes(-minutes));
  }

  static PointSpec number(String name, String symbol, double max) {
    var unit = Unit.of(symbol);
    if (unit == null) {
      throw new IllegalArgumentException(symbol);
    }
    return spec(name, PointType.NUM, unit, 0, max);
  }

  static PointSpec flag(String name) {
    return spec(name, PointType.FLAG, Unit.COUNT, 0, 1);
  }

  /** One that the desk may move. */
  static PointSpec output(String name) {
    return new PointSpec(
        name,
        PointType.FLAG,
        Unit.COUNT,
        0,
        1,
        new Band.Change(),
        BEAT,
        PointSpec.Access.WRITABLE,
        List.of());
  }

  private static PointSpec counter(String name) {
    return spec(name, PointType.COUNTER, Unit.COUNT, 0, 1e12);
  }

  static PointSpec spec(String name, PointType type, Unit unit, double min, double max) {
    return new PointSpec(
        name, type, unit, min, max, new Band.Change(), BEAT, PointSpec.Access.OBSERVED, List.of());
  }

  private static Kind kind(String name, PointSpec... points) {
    var byName = new LinkedHashMap<String, PointSpec>();
    for (var point : points) {
      byName.put(point.name(), point);
    }
    return new Kind(name, byName, List.of(), List.of(), Kind.Parent.OPTIONAL, Kind.Device.OPTIONAL);
  }

  private Point point(String asset, String name) {
    return assets.stream()
        .filter(one -> one.id().equals(asset))
        .flatMap(one -> one.points().stream())
        .filter(point -> point.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

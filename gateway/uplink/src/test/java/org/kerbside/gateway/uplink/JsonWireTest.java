package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kerbside.gateway.uplink.Words.DOOR;
import static org.kerbside.gateway.uplink.Words.ENERGY;
import static org.kerbside.gateway.uplink.Words.FILL;
import static org.kerbside.gateway.uplink.Words.NOON;
import static org.kerbside.gateway.uplink.Words.OCCUPIED;
import static org.kerbside.gateway.uplink.Words.TEMPERATURE;
import static org.kerbside.gateway.uplink.Words.at;
import static org.kerbside.gateway.uplink.Words.frame;
import static org.kerbside.gateway.uplink.Words.good;
import static org.kerbside.gateway.uplink.Words.place;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Why;
import org.kerbside.gateway.model.Wire.Contents;
import org.kerbside.gateway.model.Wire.Line;
import org.kerbside.gateway.model.Wire.Told;

class JsonWireTest {

  private static final String HEAD = "{\"v\":1,\"gw\":\"CD-QY-0173\",\"epoch\":\"01K4Z6R0YH\"";

  private final JsonWire wire = new JsonWire("CD-QY-0173", "k3f09a2z", null);

  @Test
  void writesTheFrameOfTheContract() {
    var silent = good(OCCUPIED, Value.Flag.TRUE, at(0)).doubted(new Reason("radar silent"));
    var bad = Reading.bad(FILL, Reason.NO_ECHO, at(-3200), Reading.Timing.RECEIPT);

    assertThat(
            text(
                frame(
                    1024,
                    at(5),
                    good(FILL, 0.91, at(0)),
                    bad,
                    good(TEMPERATURE, 18.4, at(-3200)),
                    silent)))
        .isEqualTo(
            HEAD
                + """
                ,"stream":"d","seq":1024,"clock":"sync","m":[\
                {"bn":"bin-2/","bt":1790000000,"n":"fill","u":"/","v":0.91},\
                {"n":"temperature","u":"Cel","v":18.4,"t":-3.2},\
                {"bn":"stall-3/","n":"occupied","vb":true,"q":"uncertain","why":"radar silent"}],\
                "bad":[{"n":"bin-2/fill","t":1789999996.8,"why":"no echo"}]}""");
  }

  @Test
  void saysItsVersionWhenAUnitIsSecondary() {
    assertThat(text(frame(1, at(0), good(FILL, 1, at(0)), good(ENERGY, 1234567.25, at(1)))))
        .endsWith(
            """
            "m":[{"bver":26,"bn":"bin-2/","bt":1790000000,"n":"fill","u":"/","v":1},\
            {"bn":"feeder-1/","n":"energy","u":"kWh","v":1234567.25,"t":0.001}]}""");
  }

  @Test
  void countsBackFromTheTimeSinceBootWhileTheClockIsUnknown() {
    var unknown = at(0, ClockQuality.NONE);
    var earlier = at(-2500, ClockQuality.NONE);

    assertThat(
            text(
                frame(
                    7,
                    unknown,
                    good(FILL, 0.5, earlier),
                    good(DOOR, new Value.State("open"), unknown))))
        .isEqualTo(
            HEAD
                + """
                ,"stream":"d","seq":7,"clock":"none","boot":"k3f09a2z","up":100,"m":[\
                {"bn":"bin-2/","n":"fill","u":"/","v":0.5,"t":-2.5},\
                {"bn":"cabinet/","n":"door","vs":"open"}]}""");
  }

  @Test
  void placesWhatWasReadBeforeTheClockWasKnown() {
    assertThat(text(frame(8, at(0), good(FILL, 0.5, at(-2500, ClockQuality.NONE)))))
        .contains("\"bt\":1789999997.5");
  }

  @Test
  void writesAnAlarmWithItsChainAndLabels() {
    var alarm =
        new Alarm(
            "bin-2",
            "bin-overflow",
            "3f9c",
            Severity.ALARM,
            Alarm.State.RAISED,
            Alarm.Latch.NONE,
            Alarm.Care.NONE,
            at(0),
            Duration.ofMinutes(10),
            List.of(
                new Why(FILL, new Value.Num(0.96), 0.95, at(-600_000), Duration.ofSeconds(20)),
                new Why(FILL, "mean 1h", new Value.Num(0.9), 0.8, at(-600_000), null)),
            Map.of("zh-CN", "垃圾桶 2 满溢 96%", "en", "Bin 2 overflowing, 96 %"),
            Map.of(
                "code", "51010503005000173",
                "grid", "510105001001001",
                "responsible", "环卫三队",
                "matter", "06042",
                "source", "standard",
                "standardRef", "GB/T 47678.5-2026"));

    assertThat(
            text(
                event(
                    new Event.AlarmChanged(
                        at(0), Event.AlarmChanged.Change.RAISED, alarm, null, List.of(), 0))))
        .isEqualTo(
            HEAD
                + """
                ,"stream":"e","seq":77,"clock":"sync","kind":"alarm","id":"bin-2/bin-overflow",\
                "change":"raised","severity":"alarm","state":"raised","at":1790000000,\
                "asset":"bin-2","rule":"bin-overflow","ruleVersion":"3f9c","hold":600,\
                "assetCode":"51010503005000173",\
                "grid":"510105001001001","matter":"06042","responsible":"环卫三队",\
                "source":"standard","standardRef":"GB/T 47678.5-2026",\
                "why":[{"point":"bin-2/fill","value":0.96,"limit":0.95,"since":1789999400,"age":20},\
                {"point":"bin-2/fill","measure":"mean 1h","value":0.9,"limit":0.8,"since":1789999400}],\
                "text":{"en":"Bin 2 overflowing, 96 %","zh-CN":"垃圾桶 2 满溢 96%"}}""");
  }

  @Test
  void writesWhoDidWhatToAnAlarmAndWhatExplainsIt() {
    var seen = new Act(Issuer.CITY, "dispatch:zhang", "", at(-60_000), null);
    var shelved = new Act(Issuer.CREW, "crew:4711", "lid off", at(0), at(3_600_000));
    var care = new Alarm.Care(seen, shelved, "feeder-1/feeder-lost");
    var alarm =
        new Alarm(
            "lamp-5",
            "lamp-out",
            "1",
            Severity.ALARM,
            Alarm.State.LATCHED,
            Alarm.Latch.PERSON,
            care,
            at(-120_000),
            Duration.ZERO,
            List.of(),
            Map.of(),
            Map.of());
    var shelving = Event.AlarmChanged.Change.SHELVED;
    assertThat(
            text(
                event(
                    new Event.AlarmChanged(
                        at(0), shelving, alarm, shelved, List.of("lamp-6/lamp-out"), 0))))
        .endsWith(
            """
            "kind":"alarm","id":"lamp-5/lamp-out","change":"shelved","severity":"alarm",\
            "state":"latched","at":1790000000,"since":1789999880,"by":"crew:4711",\
            "reason":"lid off","until":1790003600,\
            "acknowledged":{"by":"dispatch:zhang","at":1789999940},\
            "cause":"feeder-1/feeder-lost","effects":["lamp-6/lamp-out"],\
            "asset":"lamp-5","rule":"lamp-out","ruleVersion":"1","hold":0,"why":[],"text":{}}""");
    assertThat(text(event(new Event.Audit(at(0), "maintenance", "bin-2", shelved))))
        .endsWith(
            """
            "kind":"audit","at":1790000000,"what":"maintenance","subject":"bin-2",\
            "by":"crew:4711","reason":"lid off","until":1790003600}""");
  }

  @Test
  void writesResultGapAndHealth() {
    var done = new Outcome.Done(new Value.Num(0.6));
    assertThat(text(event(new Event.Result(at(2100), "c-1", done))))
        .endsWith(
            """
            "kind":"result","id":"c-1","outcome":"done","observed":0.6,"at":1790000002.1}""");
    assertThat(text(event(new Event.Result(at(0), "c-2", new Outcome.Rejected("busy")))))
        .endsWith("\"outcome\":\"rejected\",\"reason\":\"busy\",\"at\":1790000000}");
    assertThat(
            text(
                event(
                    new Event.Gap(
                        at(0),
                        Stream.READINGS,
                        11980,
                        11990,
                        "quota",
                        Instead.MINUTE,
                        NOON,
                        null,
                        1200))))
        .endsWith(
            """
            "kind":"gap","at":1790000000,"of":"d","from":11980,"to":11990,"reason":"quota",\
            "instead":"minute","first":1790000000,"readings":1200}""");
    assertThat(text(event(new Event.Health(at(0), "malformed", "field/x", List.of("no \"n\"")))))
        .endsWith(
            """
            "kind":"health","at":1790000000,"what":"malformed","subject":"field/x",\
            "detail":["no \\"n\\""]}""");
  }

  @Test
  void writesAClockThatBecameKnownAndOneThatJumped() {
    assertThat(text(event(new Event.Clock(at(0), new Event.Clock.Shift.Mapped(NOON)))))
        .endsWith(
            """
            "kind":"clock","at":1790000000,"change":"mapped","boot":"k3f09a2z",\
            "zero":1790000000}""");
    var back = Duration.ofSeconds(-31);
    assertThat(
            text(
                event(
                    new Event.Clock(
                        at(0), new Event.Clock.Shift.Stepped(back, Event.Clock.Followed.YES)))))
        .endsWith("\"change\":\"step\",\"by\":-31}");
    assertThat(
            text(
                event(
                    new Event.Clock(
                        at(0), new Event.Clock.Shift.Stepped(back, Event.Clock.Followed.NO)))))
        .endsWith("\"by\":-31,\"followed\":false}");
  }

  @Test
  void writesNumbersThatReadBackEqualAndWithoutExponent() {
    var random = new Random(7);
    var hard =
        new double[] {
          0,
          -0.0,
          0.1 + 0.2,
          1e-7,
          1 / 3.0,
          999_999_999_999_999.0,
          -1e14,
          123456.789,
          4e-9,
          -0.5,
          0.001 / 60,
          1e7,
          12345678.9
        };
    for (int i = 0; i < 10_000; i++) {
      double number =
          i < hard.length
              ? hard[i]
              : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(24) - 9);
      if (i % 3 == 0 && i >= hard.length) {
        number = Math.rint(number * 1000) / 1000;
      }
      var text = text(frame(1, at(0), good(FILL, number, at(0))));
      assertThat(text).doesNotContainPattern("\\d[eE]");
      var told = wire.readings(wire.render(frame(1, at(0), good(FILL, number, at(0)))));
      assertThat(told).containsExactly(new Told("bin-2/fill", NOON, new Value.Num(number + 0.0)));
    }
  }

  @Test
  void readsBackWhatItRendered() {
    var zlib = new JsonWire("CD-QY-0173", "k3f09a2z", 1);
    var rendered =
        zlib.render(
            frame(
                3,
                at(10),
                good(FILL, 0.91, at(-1)),
                good(TEMPERATURE, -18.4, at(-3200)),
                Reading.bad(FILL, Reason.STALE, at(0), Reading.Timing.RECEIPT),
                good(OCCUPIED, Value.Flag.FALSE, at(9)),
                good(DOOR, new Value.State("shut"), at(10))));

    assertThat(rendered.encoding()).isEqualTo(Rendered.Encoding.ZLIB);
    assertThat(zlib.readings(rendered))
        .containsExactly(
            new Told("bin-2/fill", NOON.minusMillis(1), new Value.Num(0.91)),
            new Told("bin-2/temperature", NOON.minusMillis(3200), new Value.Num(-18.4)),
            new Told("stall-3/occupied", NOON.plusMillis(9), Value.Flag.FALSE),
            new Told("cabinet/door", NOON.plusMillis(10), new Value.State("shut")));
  }

  @Test
  void readsBootRelativeTimesAsSecondsOfThatBoot() {
    var unknown = at(0, ClockQuality.NONE);
    var rendered = wire.render(frame(1, unknown, good(FILL, 1, at(-2500, ClockQuality.NONE))));

    assertThat(wire.readings(rendered).getFirst().at()).isEqualTo(Instant.ofEpochMilli(97_500));
  }

  @Test
  void tellsAFrameThinner() {
    var zlib = new JsonWire("CD-QY-0173", "k3f09a2z", 1);
    var whole = zlib.contents(zlib.render(frame(3, at(0), good(ENERGY, 7.5, at(-1)), bad())));
    var mean = new Line("bin-2/fill", "/", NOON.minusMillis(500), new Value.Num(0.25), null, 57);
    var lines = new ArrayList<>(whole.lines());
    lines.add(mean);
    var thinned = new Contents(whole.clock(), whole.boot(), Instead.HOUR, lines);

    var rendered = wire.retold(place(Stream.READINGS, 9), thinned);

    assertThat(new String(rendered.payload(), UTF_8))
        .isEqualTo(
            HEAD
                + """
                ,"stream":"d","seq":9,"clock":"sync","thin":"hour","m":[\
                {"bver":26,"bn":"feeder-1/","bt":1789999999.999,"n":"energy","u":"kWh","v":7.5},\
                {"bn":"bin-2/","n":"fill","u":"/","v":0.25,"t":-0.499,"mean":57}],\
                "bad":[{"n":"bin-2/fill","t":1789999996.8,"why":"no echo"}]}""");
    assertThat(wire.contents(rendered).thin()).isEqualTo(Instead.HOUR);
    assertThat(wire.contents(rendered).lines()).containsExactly(lines.get(0), mean, lines.get(1));
    assertThat(wire.readings(rendered)).hasSize(1);
  }

  @Test
  void keepsTheBootOfAFrameThatItTellsAgain() {
    var unknown = at(0, ClockQuality.NONE);
    var whole =
        wire.contents(wire.render(frame(1, unknown, good(FILL, 1, at(-2500, ClockQuality.NONE)))));
    var later = new JsonWire("CD-QY-0173", "anotherb", null);

    var rendered = later.retold(place(Stream.READINGS, 1), whole);

    assertThat(new String(rendered.payload(), UTF_8))
        .contains(
            """
            "clock":"none","boot":"k3f09a2z","up":100,"m":[{"bn":"bin-2/","n":"fill","u":"/","v":1,"t":-2.5}]""");
    assertThat(later.contents(rendered)).isEqualTo(whole);
  }

  @Test
  void movesAFrameOfALostEpochAndSaysWhereItStood() {
    var zlib = new JsonWire("CD-QY-0173", "k3f09a2z", 1);
    var whole = zlib.render(frame(1024, at(0), good(FILL, 123456789.125, at(0)), bad()));
    var place = new Place("CD-QY-0173", "01NEW00000", Stream.READINGS, 7);

    var moved = wire.moved(new StoredFrame(Stream.READINGS, 1024, whole), place);

    assertThat(new String(moved.payload(), UTF_8))
        .startsWith(
            """
            {"v":1,"gw":"CD-QY-0173","epoch":"01NEW00000","stream":"d","seq":7,\
            "was":["01K4Z6R0YH",1024],"clock":"sync","m":[""");
    assertThat(wire.contents(moved)).isEqualTo(wire.contents(whole));
    assertThatThrownBy(() -> wire.moved(new StoredFrame(Stream.READINGS, 1025, whole), place))
        .hasMessageContaining("of another seq");
  }

  private static Reading bad() {
    return Reading.bad(FILL, Reason.NO_ECHO, at(-3200), Reading.Timing.RECEIPT);
  }

  @Test
  void needsAtMostThirtyBytesAReadingInAFullFrame() {
    var random = new Random(11);
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < Frame.MOST_READINGS; i++) {
      var point = Words.point(i, "a" + i / 4, "p" + i % 4, PointType.NUM, Unit.CELSIUS);
      var value = Math.rint(random.nextGaussian(20, 5) * 100) / 100;
      readings.add(good(point, value, at(-random.nextInt(5000))));
    }
    var full = new Frame.Readings(place(Stream.READINGS, 1), at(0), readings);

    var rendered = new JsonWire("CD-QY-0173", "k3f09a2z", 1024).render(full);

    assertThat(rendered.payload().length).isLessThanOrEqualTo(30 * Frame.MOST_READINGS);
    assertThat(wire.render(full).payload().length).isLessThanOrEqualTo(128 * 1024);
  }

  private static Frame event(Event event) {
    return new Frame.Single(place(Stream.EVENTS, 77), event.at(), event);
  }

  /** As it is sent, which is as the contract has it. */
  private String text(Frame frame) {
    var text = new String(wire.render(frame).payload(), UTF_8);
    Held.against(frame instanceof Frame.Readings ? "readings" : "event", text);
    return text;
  }
}

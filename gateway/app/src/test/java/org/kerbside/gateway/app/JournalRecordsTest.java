package org.kerbside.gateway.app;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Stream;

/** What the board's own journal is told, at a real socket in the place of journald's. */
@NeedsPeer("socat")
@Timeout(60)
class JournalRecordsTest {

  private static final String CANARY = "canary-4711";
  private static final Moment NOW =
      new Moment(Instant.parse("2026-10-03T08:00:00Z"), ClockQuality.SYNC, Duration.ofHours(1));

  @TempDir private Path folder;

  @Test
  void aRecordHasFieldsThatPeopleSearchBy() throws Exception {
    var time = new Hand();
    try (var journald = ServiceManager.at(folder.resolve("socket").toString())) {
      var records = records(time);
      records.hear(List.of(malformed("rs485-a/31"), gap(), raised("bin-2", "bin-overflow")));
      for (var line :
          List.of(
              "MESSAGE=health.malformed rs485-a/31",
              "PRIORITY=4",
              "SYSLOG_IDENTIFIER=kerbside",
              "MESSAGE_ID=" + JournalRecords.messageId("health.malformed"),
              "KERBSIDE_EVENT=health.malformed",
              "KERBSIDE_BUS=rs485-a",
              "KERBSIDE_FRAME=d 11980..11990",
              "MESSAGE=alarm.raised bin-2/bin-overflow",
              "PRIORITY=3",
              "KERBSIDE_ASSET=bin-2")) {
        journald.awaits(line);
      }
    }
  }

  @Test
  void theSameOfTheSameIsToldOnceInTenMinutesAndThenHowOften() throws Exception {
    var time = new Hand();
    try (var journald = ServiceManager.at(folder.resolve("socket").toString())) {
      var records = records(time);
      for (int i = 0; i < 100; i++) {
        records.hear(List.of(malformed("rs485-a/31")));
        time.nanos += Duration.ofSeconds(5).toNanos();
      }
      records.hear(List.of(malformed("rs485-a/32")));
      time.nanos += Duration.ofMinutes(2).toNanos();
      records.hear(List.of(malformed("rs485-a/31")));
      journald.awaits("MESSAGE=health.malformed rs485-a/31, and 99 times since it was told last");
      journald.awaits("MESSAGE=health.malformed rs485-a/32");
      assertThat(journald.times("KERBSIDE_SUBJECT=rs485-a/31")).isEqualTo(2);
    }
  }

  /** Seeded into everything that an event has of people and of foreigners. */
  @Test
  void nothingOfPeopleAndNoForeignWordIsInIt() throws Exception {
    var act = new Act(Issuer.CREW, CANARY, CANARY, NOW, null);
    var words = new LinkedHashMap<>(Map.of(CANARY, CANARY));
    var events =
        List.<Event>of(
            new Event.AlarmChanged(
                NOW,
                Event.AlarmChanged.Change.ACKNOWLEDGED,
                alarm("bin-2", "full"),
                act,
                List.of(),
                0),
            raised("stall-3", "stall-overstay-" + CANARY),
            new Event.Audit(NOW, "login", "10.73.1.20", act),
            new Event.Commission(NOW, "calibrated", "bin-2", words, words, CANARY),
            new Event.Result(NOW, CANARY, new Outcome.Rejected(CANARY)),
            new Event.Health(NOW, "malformed", "x\nPRIORITY=0", List.of(CANARY)));
    try (var journald = ServiceManager.at(folder.resolve("socket").toString())) {
      records(new Hand()).hear(events);
      journald.awaits("KERBSIDE_SUBJECT=x PRIORITY=0");
      assertThat(journald.toString())
          .contains("audit.login", "command.rejected", "bin-2/full")
          .doesNotContain(CANARY, "stall");
      assertThat(journald.times("PRIORITY=0")).isZero();
    }
  }

  /** {@code journalctl -x} finds something for every id, in both languages. */
  @Test
  void theCatalogHasAdviceForEachEvent() throws Exception {
    var ids = JournalLine.KNOWN.stream().map(JournalRecords::messageId).collect(toSet());
    for (var name : List.of("kerbside.catalog", "kerbside.zh_CN.catalog")) {
      var catalog =
          Files.readString(
              GatewayProcess.home()
                  .resolve("deploy/package/root/usr/lib/systemd/catalog")
                  .resolve(name));
      var entries =
          Pattern.compile("(?m)^-- ([0-9a-f]{32})\nSubject: .+\nDefined-By: .+\nSupport: .+\n\n.+$")
              .matcher(catalog)
              .results()
              .map(entry -> entry.group(1))
              .collect(toSet());
      assertThat(entries).as(name).isEqualTo(ids);
    }
  }

  @Test
  void whoIsNoServiceTellsNobody() {
    assertThat(JournalRecords.of(Map.of(), Set.of(), Set.of(), new Hand())).isNull();
  }

  private JournalRecords records(Clock time) {
    return new JournalRecords(
        folder.resolve("socket").toString(), Set.of("rs485-a"), Set.of("stall-3"), time);
  }

  private static Event malformed(String device) {
    return new Event.Health(NOW, "malformed", device, List.of());
  }

  private static Event gap() {
    return new Event.Gap(
        NOW, Stream.READINGS, 11980, 11990, "quota", Instead.MINUTE, null, null, 1200);
  }

  private static Event raised(String asset, String rule) {
    return new Event.AlarmChanged(
        NOW, Event.AlarmChanged.Change.RAISED, alarm(asset, rule), null, List.of(), 0);
  }

  private static Alarm alarm(String asset, String rule) {
    return new Alarm(
        asset,
        rule,
        "3f9c",
        Severity.ALARM,
        Alarm.State.RAISED,
        Alarm.Latch.NONE,
        Alarm.Care.NONE,
        NOW,
        Duration.ZERO,
        List.of(),
        Map.of("en", CANARY),
        Map.of("responsible", CANARY));
  }

  /** Time by hand. */
  private static final class Hand implements Clock {

    private long nanos;

    @Override
    public Moment now() {
      return NOW;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}

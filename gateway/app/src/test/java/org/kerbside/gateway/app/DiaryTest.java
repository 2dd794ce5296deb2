package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Event.AlarmChanged.Change;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Why;

/** What a start knows of what happened before it. */
class DiaryTest {

  private static final Instant NOON = Instant.parse("2026-10-03T12:00:00Z");
  private static final Asset DOOR = Assets.asset("door", Assets.flag("open"));

  @TempDir private Path folder = Path.of("");

  private Instant wall = NOON;
  private ClockQuality quality = ClockQuality.SYNC;
  private Duration up = Duration.ofSeconds(5);
  private Lately lately = begun();

  @BeforeEach
  void begin() {
    lately = begun();
  }

  @Test
  void aStartKnowsWhatHappenedBeforeItAndWhen() {
    hear(alarm(Change.RAISED), audit("cleaned"), learned(), kpi());
    var told = lately.pages().events();
    assertThat(told).hasSize(3);
    restart(Duration.ofDays(2), ClockQuality.SYNC);
    assertThat(lately.pages().since()).as("meanwhile").isEqualTo(now());
    lately.recall();
    assertThat(lately.pages().events()).usingRecursiveComparison().isEqualTo(shifted(told));
    assertThat(Objects.requireNonNull(lately.pages().since()).wall()).isEqualTo(NOON);
    var oldest = lately.pages().events().getLast();
    assertThat(now().since(oldest.at())).isEqualTo(Duration.ofDays(2));

    hear(audit("emptied"));
    restart(Duration.ofDays(1), ClockQuality.SYNC);
    lately.recall();
    assertThat(whats()).containsExactly("emptied", "calibrated", "cleaned", "RAISED");
    assertThat(Objects.requireNonNull(lately.pages().since()).wall()).isEqualTo(NOON);
  }

  /** Told before anybody knew the time, and placed by what was known of it later. */
  @Test
  void whatWasToldWithoutATimeIsDatedByWhatFollowed() {
    wall = Instant.EPOCH;
    quality = ClockQuality.NONE;
    hear(audit("first"));
    pass(Duration.ofMinutes(1));
    wall = NOON;
    quality = ClockQuality.SYNC;
    hear(audit("second"));
    restart(Duration.ofHours(1), ClockQuality.SYNC);
    lately.recall();
    assertThat(lately.pages().events())
        .extracting(event -> event.at().wall())
        .containsExactly(NOON, NOON.minusSeconds(60));
  }

  /**
   * Nothing is later than now, and nothing overtakes, while nobody knows for how long it was off.
   */
  @Test
  void withoutATimeNothingLiesBetween() {
    hear(audit("first"));
    pass(Duration.ofMinutes(1));
    hear(audit("second"));
    restart(Duration.ofHours(1), ClockQuality.NONE);
    lately.recall();
    assertThat(lately.pages().events())
        .extracting(event -> now().since(event.at()))
        .containsExactly(Duration.ZERO, Duration.ofMinutes(1));
  }

  /** Power went while it was written: it is not said that all is known. */
  @Test
  void whatIsTornIsLeftOutAndNotClaimed() throws Exception {
    hear(audit("whole"), audit("torn"));
    var file = folder.resolve(Diary.FILE);
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    restart(Duration.ofHours(1), ClockQuality.SYNC);
    lately.recall();
    assertThat(whats()).containsExactly("whole");
    assertThat(lately.pages().since()).isEqualTo(now());

    hear(audit("after"));
    var begun = wall;
    restart(Duration.ofHours(1), ClockQuality.SYNC);
    lately.recall();
    assertThat(whats()).containsExactly("after");
    assertThat(Objects.requireNonNull(lately.pages().since()).wall()).isEqualTo(begun);
  }

  /** For years: two files, and the newest thousand. */
  @Test
  void itHasALimit() throws Exception {
    for (int i = 0; i < 3; i++) {
      hear(audits(1_000));
    }
    assertThat(Files.size(folder.resolve(Diary.FILE))).isLessThan(200_000);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
    restart(Duration.ofHours(1), ClockQuality.SYNC);
    lately.recall();
    assertThat(lately.pages().events()).hasSize(1_000);
    assertThat(whats()).startsWith("999", "998");
  }

  private void hear(Event... events) {
    lately.hear(List.of(events));
  }

  /** Another process, so much later. */
  private void restart(Duration later, ClockQuality known) {
    wall = wall.plus(later);
    quality = known;
    up = Duration.ofSeconds(1);
    lately = begun();
  }

  private Lately begun() {
    var clock = new Hand();
    return new Lately(new Diary(folder, List.of(DOOR), clock), clock);
  }

  private void pass(Duration span) {
    wall = wall.plus(span);
    up = up.plus(span);
  }

  private Moment now() {
    return new Moment(wall, quality, up);
  }

  private List<String> whats() {
    return lately.pages().events().stream()
        .map(
            event ->
                switch (event) {
                  case Event.Audit audit -> audit.what();
                  case Event.Commission commission -> commission.what();
                  case Event.AlarmChanged changed -> changed.change().toString();
                  default -> event.toString();
                })
        .toList();
  }

  /** The same, told by the clock of this process. */
  private List<Event> shifted(List<Event> told) {
    var then = told.getFirst().at();
    var at = now().at(then.wall());
    return told.stream()
        .map(
            event ->
                switch (event) {
                  case Event.Audit audit ->
                      (Event) new Event.Audit(at, audit.what(), audit.subject(), act(at));
                  case Event.Commission told1 ->
                      new Event.Commission(
                          at, told1.what(), told1.asset(), told1.set(), told1.was(), told1.by());
                  default -> alarm(Change.RAISED, at);
                })
        .toList();
  }

  private Event.AlarmChanged alarm(Change change) {
    return alarm(change, now());
  }

  private static Event.AlarmChanged alarm(Change change, Moment at) {
    var alarm =
        new Alarm(
            "door",
            "door-open",
            "v1",
            Severity.ALARM,
            Alarm.State.RAISED,
            Alarm.Latch.PERSON,
            new Alarm.Care(act(at), null, "cabinet/door"),
            at,
            Duration.ofSeconds(10),
            List.of(new Why(DOOR.points().getFirst(), null, Value.Flag.TRUE, 1.0, at, null)),
            Map.of("en", "open", "zh-CN", "开着"),
            Map.of("source", "default"));
    return new Event.AlarmChanged(at, change, alarm, act(at), List.of("a/b"), 3);
  }

  private static @Nullable Act act(Moment at) {
    return new Act(Issuer.CREW, "crew:4711", "wind", at, null);
  }

  private Event audit(String what) {
    return new Event.Audit(now(), what, "door", act(now()));
  }

  private Event[] audits(int count) {
    var audits = new Event[count];
    Arrays.setAll(audits, i -> audit(String.valueOf(i)));
    return audits;
  }

  private Event learned() {
    var set = new LinkedHashMap<>(Map.of("empty", "118cm"));
    return new Event.Commission(now(), "calibrated", "door", set, new LinkedHashMap<>(), "4711");
  }

  private Event kpi() {
    return new Event.Kpi(now(), "lighting-rate", "2026-10-03", 1, 0, 0, null, "seed");
  }

  private final class Hand implements Clock {
    @Override
    public Moment now() {
      return DiaryTest.this.now();
    }

    @Override
    public long nanos() {
      return up.toNanos();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}

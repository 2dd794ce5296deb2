package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.ClockQuality.HOLD;
import static org.kerbside.gateway.model.ClockQuality.NONE;
import static org.kerbside.gateway.model.ClockQuality.SYNC;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Stream;

/** Decision 40: what may go is a matter of how much of the month's bytes is used. */
class BudgetTest {

  private static final int MONTHLY = 1_000_000;
  private static final Instant NOON = Instant.parse("2026-11-27T04:00:00Z"); // at the site

  @TempDir Path data = Path.of("");

  private final MemoryOutbox outbox = new MemoryOutbox();
  private final Hand clock = new Hand();

  @ParameterizedTest
  @CsvSource({"0, ALL", "799_999, ALL", "800_000, HOUR", "949_999, HOUR", "950_000, EVENTS"})
  void whatMayGoIsAMatterOfWhatIsUsed(String used, Budget.Stage stage) {
    var budget = budget();
    budget.traffic().read(Integer.parseInt(used.replace("_", "")));
    look(budget);
    assertThat(budget.stage()).isEqualTo(stage);
  }

  @Test
  void withoutOneNothingIsCountedAgainstAnythingAndAllGoes() {
    var budget = new Budget(null, ZoneId.of("Asia/Shanghai"));
    budget.traffic().read(2_000_000_000);
    assertThat(budget.look(clock, outbox)).isNull();
    assertThat(budget.stage()).isEqualTo(Budget.Stage.ALL);
    assertThat(budget.used()).isNull();
    assertThat(budget.ceiling(outbox)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void eachStageIsToldOnceAndSaidToPeople() {
    var budget = budget();
    budget.traffic().read(810_000);
    assertThat(look(budget))
        .extracting(Event.Health::what, health -> health.detail().getFirst())
        .containsExactly(
            "uplink-budget", "budget: 81 % of the month's bytes are used: readings go by the hour");
    assertThat(look(budget)).isNull();
    budget.traffic().read(150_000);
    assertThat(look(budget)).isNotNull();
    assertThat(look(budget)).isNull();
    assertThat(budget.note())
        .isEqualTo("budget: 96 % of the month's bytes are used: events alone go");
  }

  @Test
  void monthsTurnWhereTheSiteIs() {
    var budget = budget();
    budget.traffic().read(960_000);
    clock.set(Instant.parse("2026-11-30T15:59:59Z"), HOLD);
    look(budget);
    assertThat(budget.used()).isEqualTo(0.96);
    clock.set(Instant.parse("2026-11-30T16:00:00Z"), HOLD);
    look(budget);
    assertThat(budget.used()).isZero();
    assertThat(budget.stage()).isEqualTo(Budget.Stage.ALL);
    budget.traffic().read(100_000);
    look(budget);
    assertThat(budget.used()).isEqualTo(0.1);
  }

  @Test
  void aClockThatKnowsNothingTurnsNoMonth() {
    var budget = budget();
    budget.traffic().read(960_000);
    look(budget);
    clock.set(Instant.EPOCH, NONE);
    look(budget);
    assertThat(budget.used()).isEqualTo(0.96);
    budget.save();
    var next = budget();
    look(next);
    assertThat(next.stage()).isEqualTo(Budget.Stage.EVENTS);
    clock.set(NOON, SYNC);
    look(next);
    assertThat(next.used()).isEqualTo(0.96);
  }

  @Test
  void aKillCostsTheCountAThousandth() {
    var budget = budget();
    for (int i = 1; i <= 500; i++) {
      budget.traffic().read(999); // at the worst
      clock.pass(Duration.ofMinutes(1));
      look(budget);
      var next = budget();
      look(next);
      assertThat(next.used()).isBetween(i * 999e-6 - 1e-3, i * 999e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-11", "2026-13 7", "2026-11 many", "2026-11 -5", "\0\0\0"})
  void whatCannotBeReadBeginsAnew(String text) throws Exception {
    Files.writeString(data.resolve(Budget.FILE), text);
    var budget = budget();
    budget.traffic().read(10_000);
    look(budget);
    assertThat(budget.used()).isEqualTo(0.01);
  }

  @Test
  void byTheHourWhatIsOverIsAskedForOnceAnHour() {
    outbox.commit(Stream.READINGS, 7);
    var budget = budget();
    look(budget);
    assertThat(outbox.spared()).as("all goes").isZero();
    budget.traffic().read(850_000);
    look(budget);
    assertThat(outbox.spared()).as("within the hour").isZero();
    assertThat(budget.ceiling(outbox)).isZero();
    clock.pass(Duration.ofHours(1));
    look(budget);
    assertThat(budget.ceiling(outbox)).isEqualTo(7);
    outbox.commit(Stream.READINGS, 5);
    look(budget);
    assertThat(budget.ceiling(outbox)).isEqualTo(7);
    clock.pass(Duration.ofHours(1));
    look(budget);
    assertThat(budget.ceiling(outbox)).isEqualTo(12);
  }

  @Test
  void assetsGoOnceAnHourThenNotAtAll() {
    var budget = budget();
    assertThat(budget.takesAssets()).isTrue();
    assertThat(budget.takesAssets()).as("all goes").isTrue();
    budget.traffic().read(850_000);
    look(budget);
    assertThat(budget.takesAssets()).isTrue();
    assertThat(budget.takesAssets()).isFalse();
    clock.pass(Duration.ofHours(1));
    look(budget);
    assertThat(budget.takesAssets()).isTrue();
    budget.traffic().read(100_000);
    clock.pass(Duration.ofHours(1));
    look(budget);
    assertThat(budget.takesAssets()).isFalse();
  }

  @Test
  void eachSegmentIsReckonedWithWhatIsAroundIt() {
    var traffic = new Traffic();
    traffic.wrote(1);
    assertThat(traffic.bytes()).isEqualTo(1 + 156);
    traffic.wrote(1448);
    traffic.wrote(1449);
    assertThat(traffic.bytes()).isEqualTo(157 + (1448 + 156) + (1449 + 312));
    traffic.read(-1); // the end
    traffic.read(4);
    assertThat(traffic.bytes()).isEqualTo(157 + 1604 + 1761 + 4);
  }

  private Budget budget() {
    return new Budget(new Allowance(MONTHLY, data), ZoneId.of("Asia/Shanghai"));
  }

  private Event.@Nullable Health look(Budget budget) {
    clock.pass(Duration.ofSeconds(1));
    return budget.look(clock, outbox);
  }

  /** Shows what it is set to. */
  private static final class Hand implements Clock {

    private Moment now = new Moment(NOON, SYNC, Duration.ofDays(1));

    void set(Instant wall, ClockQuality quality) {
      now = new Moment(wall.minusSeconds(1), quality, now.sinceBoot());
    }

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Moment now() {
      return now;
    }

    @Override
    public long nanos() {
      return now.sinceBoot().toNanos();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}

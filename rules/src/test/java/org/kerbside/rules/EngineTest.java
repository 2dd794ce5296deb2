package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.RuleCard;
import org.kerbside.gateway.model.Value;

class EngineTest {

  private static final String HIGH =
      """
      rules:
        - { rule: high, for: generic, when: p0 > 80.0, clear: p0 <= 80.0, severity: warning }
      """;

  @Test
  void theBenchsRuleRaisesAndClearsAtOnce() {
    var day = new Day(new Street().generic("a0", "p0", "p1").generic("a1", "p0").rules(HIGH));
    day.is("a0/p0", 81).is("a1/p0", 80).is("a0/p1", 99).is("a0/p0", 80);
    assertThat(day.told()).isEqualTo("0min raised a0/high warning\n0min cleared a0/high warning");
  }

  @Test
  void tenThousandFlappingSamplesAreOneAlarm() {
    var day =
        new Day(
            new Street()
                .generic("a0", "p0")
                .rules(
                    """
                    rules:
                      - { rule: high, for: generic, when: p0 > 80, hold: 1s, clear-hold: 5min, severity: alarm }
                    """));
    day.is("a0/p0", 90).passes(1);
    for (int i = 0; i < 10_000; i++) {
      day.is("a0/p0", i % 2 == 0 ? 10 : 90);
    }
    assertThat(day.told()).isEqualTo("0min raised a0/high alarm");
    assertThat(day.memory.alarms()).hasSize(1);
  }

  @Test
  void whatFlapsWithoutAHoldIsToldSixtyTimesAnHourAndThenCounted() {
    var day = new Day(new Street().generic("a0", "p0").rules(HIGH));
    for (int i = 0; i < 10_001; i++) {
      day.is("a0/p0", i % 2 == 0 ? 90 : 10);
    }
    assertThat(day.transcript)
        .hasSize(Engine.MOST_CHANGES)
        .last()
        .isEqualTo("0min cleared a0/high warning");
    assertThat(day.memory.alarms()).hasSize(1);
    day.passes(59);
    assertThat(day.transcript).hasSize(Engine.MOST_CHANGES);
    day.passes(1);
    assertThat(day.transcript)
        .hasSize(Engine.MOST_CHANGES + 1)
        .last()
        .isEqualTo("60min raised a0/high warning, 9941 untold");
    day.is("a0/p0", 10).passes(600);
    assertThat(day.transcript).last().isEqualTo("60min cleared a0/high warning");
  }

  @Test
  void anAlarmThatFlappedAndIsGoneIsToldAsGone() {
    var day = new Day(new Street().generic("a0", "p0").rules(HIGH));
    for (int i = 0; i < 64; i++) {
      day.is("a0/p0", i % 2 == 0 ? 90 : 10);
    }
    day.passes(60);
    assertThat(day.transcript).last().isEqualTo("60min cleared a0/high warning, 4 untold");
  }

  @Test
  void aRuleThatFailsIsSwitchedOffAndToldOnceAndTheOthersGoOn() {
    var street = new Street().generic("a0", "p0").generic("a1", "p0").rules(HIGH);
    var watches =
        new ArrayList<>(Binding.of(street.site(), new Span.Table(), street.mistakes).watches());
    watches.set(0, failing(watches.getFirst()));
    var day = new Day(street, new Engine(watches, 2, List.of(), Street.SITE));
    day.is("a0/p0", 81).is("a1/p0", 81).is("a0/p0", 10).passes(60);
    assertThat(day.told()).isEqualTo("0min rule-off a0/high\n0min raised a1/high warning");
  }

  private static Watch failing(Watch watch) {
    var mistake =
        new Condition() {
          @Override
          public Truth test(Memory memory) {
            throw new IllegalStateException("a mistake of ours");
          }

          @Override
          public List<Input> inputs() {
            return watch.when().inputs();
          }

          @Override
          public long next(Memory memory) {
            return Window.NEVER;
          }
        };
    return new Watch(
        watch.rule(),
        watch.version(),
        watch.scope(),
        mistake,
        watch.clear(),
        watch.hold(),
        watch.graver(),
        watch.orders(),
        watch.blindly());
  }

  @Test
  void aCandidateTurnsARuleOnlyWhenItsTruthChanges() {
    var day = new Day(new Street().generic("a0", "p0", "p1").rules(HIGH));
    assertThat(turns(day, "a0/p1", 1e6)).isFalse();
    day.is("a0/p0", 70);
    assertThat(turns(day, "a0/p0", 80)).isFalse();
    assertThat(turns(day, "a0/p0", 81)).isTrue();
    assertThat(day.told()).isEmpty();
    day.is("a0/p0", 81);
    assertThat(turns(day, "a0/p0", 90)).isFalse();
    assertThat(turns(day, "a0/p0", 79)).isTrue();
  }

  /** Two memories, one feed of every kind of thing that can happen, and the same words. */
  @Test
  void theSameFeedGivesTheSameOutput() {
    long seed = 20_261_125;
    String first = street(seed);
    assertThat(first).isNotEmpty();
    assertThat(street(seed)).as("seed %s", seed).isEqualTo(first);
  }

  private static String street(long seed) {
    var random = new Random(seed);
    var day =
        new Day(
            new Street()
                .with("bin", "bin-1", null)
                .with("lamp", "lamp-1", null)
                .with("master", "master", null)
                .with("zone", "zone-1", "master")
                .with("toilet", "wc-1", null)
                .with("stall", "stall-1", "wc-1"));
    for (int i = 0; i < 2000; i++) {
      switch (random.nextInt(8)) {
        case 0 -> day.is("bin-1/fill", random.nextDouble());
        case 1 -> day.isNot("lamp-1/lit");
        case 2 -> day.orders("lamp-1/dim", new Value.Num(random.nextInt(2)));
        case 3 -> day.is("master/flow", random.nextDouble() / 500);
        case 4 -> day.is("zone-1/valve", random.nextInt(2));
        case 5 -> day.is("stall-1/occupied");
        case 6 -> day.isStale("bin-1/fill");
        default -> day.passes(random.nextInt(20));
      }
    }
    return day.told() + day.memory.alarms();
  }

  @Test
  void overridesChangeTheThresholdTheVersionAndTheCard() {
    var street =
        new Street()
            .with("bin", "bin-1", null)
            .with("bin", "bin-2", null)
            .with("bin", "bin-3", null)
            .defaults(
                "bin",
                "{ bin-full: off, bin-overflow: { full: 85%, source: city, ref: Qingyang 2026-07 } }")
            .overrides("bin-2", "{ bin-overflow: { full: 70%, again: 60%, hold: 0s } }")
            .overrides("bin-3", "{ bin-overflow: off }");
    var book = street.book();
    var cards = book.cards().stream().filter(card -> card.name().equals("bin-overflow")).toList();
    assertThat(cards)
        .extracting(
            RuleCard::name, card -> new TreeMap<>(card.parameters()).toString(), RuleCard::ref)
        .containsExactly(
            tuple("bin-overflow", "{again=90%, full=85%}", "Qingyang 2026-07"),
            tuple("bin-overflow", "{again=60%, full=70%}", "Qingyang 2026-07"));
    assertThat(cards).extracting(RuleCard::version).doesNotHaveDuplicates();
    assertThat(cards.getFirst().version()).matches("[0-9a-f]{4,}");

    var day = new Day(street);
    day.is("bin-1/fill", .8).is("bin-2/fill", .8).is("bin-3/fill", 1).passes(60);
    assertThat(day.told()).isEqualTo("0min raised bin-2/bin-overflow alarm");
    assertThat(day.alarm().ruleVersion()).isEqualTo(cards.getLast().version());
    assertThat(day.alarm().labels()).containsEntry("standardRef", "Qingyang 2026-07");
  }

  @Test
  void wakesForTheEarliestDeadlineAndForNoneThatIsVoid() {
    var day = new Day(new Street().with("bin", "bin-1", null).with("bin", "bin-2", null));
    var close = wake(day); // of the day's figure
    assertThat(close).isGreaterThan(Duration.ofHours(1));
    day.is("bin-1/fill", .96).passes(3).is("bin-2/fill", .96);
    assertThat(wake(day)).isEqualTo(Duration.ofSeconds(1).plusMinutes(10));
    day.is("bin-1/fill", .2);
    assertThat(wake(day)).isEqualTo(Duration.ofSeconds(1).plusMinutes(13));
    day.is("bin-2/fill", .2);
    assertThat(wake(day)).isEqualTo(close);
  }

  @Test
  void aHoldThatEndedBeforeTheBatchIsJudgedBeforeIt() {
    var day = new Day(new Street().with("bin", "bin-1", null));
    day.is("bin-1/fill", .96);
    var late = Street.at(Duration.ofMinutes(11));
    var low =
        Reading.good(
            day.street.point("bin-1/fill"), new Value.Num(.1), late, Reading.Timing.RECEIPT);
    var decided = day.engine.apply(day.memory, List.of(low), List.of(), late);
    assertThat(decided.events())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.AlarmChanged.class,
            event -> assertThat(event.change()).isEqualTo(Event.AlarmChanged.Change.RAISED));
  }

  private static boolean turns(Day day, String point, double number) {
    return day.engine.turn(day.memory, day.moment()).turns(day.good(point, new Value.Num(number)));
  }

  private static @Nullable Duration wake(Day day) {
    return day.engine.apply(day.memory, List.of(), List.of(), day.moment()).wake();
  }
}

package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Why;

class RecollectionTest {

  /** A standing's own; the one is tried anew, the other follows from what it is due. */
  private static final Set<String> FORGOTTEN = Set.of("isOff", "queued");

  @Test
  void aHoldGoesOnAfterARestartWithoutTheTimeBetween() {
    var day = new Day(full("0.9")).is("a0/p0", 0.97).passes(6);
    assertThat(day.restarts(600).is("a0/p0", 0.97).passes(60).told())
        .isEqualTo("610min raised a0/full alarm");
  }

  @Test
  void aHoldWaitsForTheFirstWordAfterARestart() {
    var day = new Day(full("0.9")).is("a0/p0", 0.97).passes(6).restarts(0).passes(600);
    assertThat(day.told()).isEmpty();
  }

  @Test
  void aHoldBeginsAnewWhenTheFirstWordSaysNo() {
    var day = new Day(full("0.9")).is("a0/p0", 0.97).passes(6).restarts(0);
    day.is("a0/p0", 0.5).is("a0/p0", 0.97).passes(9);
    assertThat(day.told()).isEmpty();
  }

  @Test
  void anAlarmStandsOnIsNotRaisedAgainAndClearsOnce() {
    var day = new Day(full("0.9")).is("a0/p0", 0.97).passes(60);
    var since = day.alarm().since().wall();
    day = day.restarts(600);
    assertThat(day.alarm().since().wall()).isEqualTo(since);
    day.is("a0/p0", 0.97).passes(600).is("a0/p0", 0.1).passes(60);
    assertThat(day.told()).isEqualTo("10min raised a0/full alarm\n1265min cleared a0/full alarm");
  }

  @Test
  void whatAnAlarmOrdersIsOrderedAgain() {
    var street =
        new Street()
            .with("lamp", "lamp-1", null)
            .rules(
                """
                rules:
                  - rule: too-much
                    for: lamp
                    when: power > 100W
                    severity: alarm
                    do: [{ set: dim, value: 30%, until: cleared, issuer: safety }]
                """);
    var day = new Day(street).is("lamp-1/power", 150).restarts(1).is("lamp-1/power", 10);
    assertThat(day.told())
        .isEqualTo(
            """
            0min raised lamp-1/too-much alarm
            0min safety orders lamp-1/dim Num[number=0.3]
            1min safety orders lamp-1/dim Num[number=0.3]
            1min cleared lamp-1/too-much alarm
            1min safety orders lamp-1/dim null""");
  }

  @Test
  void aChangedRuleBeginsItsHoldAnew() {
    var day = new Day(full("0.9")).is("a0/p0", 0.97).passes(6).restarts(full("0.91"), 0);
    assertThat(day.is("a0/p0", 0.97).passes(60).told()).isEqualTo("16min raised a0/full alarm");
  }

  @Test
  void anAlarmOfAChangedRuleStandsUntilTheRuleFindsItClear() {
    var day = new Day(full("0.9")).is("a0/p0", 0.97).passes(10).restarts(full("0.98"), 1);
    assertThat(day.memory.alarms()).hasSize(1);
    assertThat(day.is("a0/p0", 0.97).passes(60).told())
        .isEqualTo("10min raised a0/full alarm\n16min cleared a0/full alarm");
  }

  @Test
  void anAlarmThatNobodyWatchesAnyMoreIsCleared() {
    var day = new Day(full("0.9")).is("a0/p0", 0.97).passes(10);
    var off = day.restarts(new Street().generic("a0", "p0"), 1);
    var gone = day.restarts(new Street().generic("a1", "p0"), 1);
    assertThat(off.told()).endsWith("11min cleared a0/full alarm");
    assertThat(gone.told()).endsWith("11min cleared a0/full alarm");
  }

  @Test
  void whatFlappedIsCountedOnOverARestart() {
    var day = new Day(new Street().generic("a0", "p0").rules(high()));
    for (int i = 0; i < 65; i++) {
      day.is("a0/p0", i % 2 == 0 ? 90 : 10);
    }
    day = day.restarts(0).passes(60);
    assertThat(day.transcript)
        .hasSize(Engine.MOST_CHANGES + 1)
        .last()
        .isEqualTo("60min raised a0/high warning, 5 untold");
  }

  /** Wherever a feed is cut in two: the same events, the same alarms, to the last word. */
  @Test
  @Tag("recollection")
  void whoTakesOverGoesOnAsIfNobodyHadStopped() {
    var campaign = Campaign.of("recollection", 6);
    for (int i = 0; i < campaign.n(); i++) {
      long seed = campaign.seed() + i;
      var whole = feed(new Random(seed), new Random(0), 0);
      var cut = feed(new Random(seed), new Random(seed), 10);
      assertThat(cut).as("%s + %d", campaign, i).isEqualTo(whole).contains("raised", "cleared");
    }
  }

  /** A restart is to the rules as if all points had become unknown at its instant. */
  @Test
  @Tag("recollection")
  void whoIsDownHearsNothing() {
    var campaign = Campaign.of("recollection", 2);
    for (int i = 0; i < campaign.n(); i++) {
      var chance = new Random(campaign.seed() + i);
      var stale = new Day(street());
      var restarted = new Day(street());
      for (int step = 0; step < 300; step++) {
        long next = chance.nextLong();
        say(stale, new Random(next));
        say(restarted, new Random(next));
        if (step % 50 == 49) {
          silence(stale);
          restarted = restarted.restarts(0);
        }
      }
      assertThat(changes(restarted)).as("%s + %d", campaign, i).isEqualTo(changes(stale));
    }
  }

  /** But for what is ordered again. */
  private static List<String> changes(Day day) {
    return day.transcript.stream().filter(line -> !line.contains("orders")).toList();
  }

  private static void silence(Day day) {
    for (var point :
        List.of(
            "bin-1/fill",
            "bin-1/temperature",
            "lamp-1/lit",
            "master/flow",
            "zone-1/valve",
            "stall-1/occupied")) {
      day.isStale(point);
    }
    day.orders("lamp-1/dim", null);
  }

  private static String feed(Random chance, Random cuts, int share) {
    var day = new Day(street());
    for (int i = 0; i < 500; i++) {
      say(day, chance);
      if (cuts.nextInt(100) < share) {
        day.handsOver();
      }
    }
    return day.told() + "\n" + day.memory.alarms().stream().map(RecollectionTest::words).toList();
  }

  private static Street street() {
    return new Street()
        .with("bin", "bin-1", null)
        .with("lamp", "lamp-1", null)
        .with("master", "master", null)
        .with("zone", "zone-1", "master")
        .with("toilet", "wc-1", null)
        .with("stall", "stall-1", "wc-1");
  }

  private static void say(Day day, Random chance) {
    switch (chance.nextInt(13)) {
      case 0 -> day.is("bin-1/fill", chance.nextDouble());
      case 1 -> day.isNot("lamp-1/lit");
      case 2 -> day.orders("lamp-1/dim", new Value.Num(chance.nextInt(2)));
      case 3 -> day.is("master/flow", chance.nextDouble() / 500);
      case 4 -> day.is("zone-1/valve", chance.nextInt(2));
      case 5 -> day.is("stall-1/occupied");
      case 6 -> day.isNot("stall-1/occupied");
      case 7 -> day.isStale("bin-1/fill");
      case 8 -> day.is("bin-1/temperature", 10 + chance.nextInt(30));
      case 9 -> day.city("ack", alarm(chance), null);
      case 10 -> day.city("shelve", alarm(chance), Duration.ofMinutes(1 + chance.nextInt(90)));
      case 11 -> day.crew("maintenance", "stall-1", Duration.ofMinutes(1 + chance.nextInt(20)));
      default -> day.passes(chance.nextInt(30));
    }
  }

  private static String alarm(Random chance) {
    return List.of("bin-1/bin-overflow", "stall-1/stall-overstay", "bin-1/bin-burning")
        .get(chance.nextInt(3));
  }

  /** But for the time since boot, which is another process's. */
  private static String words(Alarm alarm) {
    return "%s %s %s %s %s %s %s"
        .formatted(
            alarm.id(),
            alarm.severity(),
            alarm.since().wall(),
            alarm.state() + " " + alarm.care().toString().replaceAll("sinceBoot=[^]]*", ""),
            alarm.why().stream()
                .map(why -> why.point() + "=" + why.value() + "/" + why.limit())
                .collect(Collectors.joining(",")),
            alarm.text(),
            alarm.labels());
  }

  /** Who gives a standing another field has to say here what it is full of, and have it noted. */
  @Test
  void noFieldOfAStandingIsForgotten() throws Exception {
    var street = new Street().generic("a0", "p0").rules(high());
    var recollection = street.book().recollection();
    var memory = street.book().engine().start();
    fill(memory.standing(0), street);
    var recalled =
        recollection
            .recall(recollection.note(memory), Bridge.none(Street.at(Duration.ZERO)))
            .memory();
    for (var field : fields()) {
      if (!FORGOTTEN.contains(field.getName())) {
        assertThat(field.get(recalled.standing(0)))
            .as(field.getName())
            .isNotEqualTo(field.get(new Standing()))
            .isEqualTo(field.get(memory.standing(0)));
      }
    }
    assertThat(recalled.points().observed(street.point("a0/p0"))).isNull();
  }

  private static void fill(Standing standing, Street street) throws Exception {
    var at = Street.at(Duration.ofMinutes(7));
    for (var field : fields()) {
      field.set(standing, full(field, at, street));
    }
  }

  private static Object full(Field field, Moment at, Street street) {
    return switch (field.getType().getSimpleName()) {
      case "Phase" -> new Phase.Falling(at.sinceBoot(), 1, Duration.ofSeconds(3), Truth.TRUE);
      case "Truth" -> Truth.TRUE;
      case "Duration" -> at.sinceBoot().plusMillis(field.getName().length());
      case "Moment" -> at.plus(Duration.ofMillis(field.getName().length()));
      case "Escalation[]" ->
          new Standing.Escalation[] {
            new Standing.Escalation(new Phase.Rising(at.sinceBoot(), Truth.TRUE), Truth.TRUE)
          };
      case "Duration[]" -> new Duration[] {null, at.sinceBoot()};
      case "int" -> field.getName().length();
      case "boolean" -> true;
      case "Alarm" ->
          new Alarm(
              "a0",
              "high",
              field.getName(),
              Severity.EMERGENCY,
              Alarm.State.LATCHED,
              Alarm.Latch.CABINET,
              new Alarm.Care(act(at), act(at), "a1/low"),
              at,
              Duration.ofMinutes(3),
              List.of(
                  new Why(
                      street.point("a0/p0"),
                      "age",
                      new Value.Num(81),
                      80.0,
                      at,
                      Duration.ofSeconds(2))),
              Map.of("en", "high", "zh-CN", "高"),
              Map.of("matter", "x"));
      default -> throw new AssertionError("what is a full %s?".formatted(field));
    };
  }

  private static Act act(Moment at) {
    return new Act(Issuer.CREW, "crew:4711", "mended", at, at.plus(Duration.ofHours(1)));
  }

  private static List<Field> fields() {
    var fields = new ArrayList<Field>();
    for (var field : Standing.class.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        fields.add(field);
      }
    }
    return fields;
  }

  private static Street full(String limit) {
    return new Street()
        .generic("a0", "p0")
        .rules(
            """
            rules:
              - rule: full
                for: generic
                when: p0 >= LIMIT
                clear: p0 < LIMIT
                hold: 10min
                clear-hold: 5min
                severity: alarm
            """
                .replace("LIMIT", limit));
  }

  private static String high() {
    return """
        rules:
          - { rule: high, for: generic, when: p0 > 80.0, clear: p0 <= 80.0, severity: warning }
        """;
  }
}

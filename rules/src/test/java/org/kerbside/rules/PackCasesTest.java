package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Value;
import org.kerbside.rules.Lever.Move.Steady;
import org.kerbside.rules.Lever.Move.Step;
import org.kerbside.rules.Ruled.Play;

/**
 * Cases of every rule that ships, made from its own thresholds: it raises after its hold, not just
 * below, clears with its hysteresis and not before, knows nothing of what nobody says, and minds
 * neither a restart nor the wall clock. What has no meaning for a rule is not made for it.
 */
class PackCasesTest {

  /** They follow a day's figure, and no point moves them: their cases are files. */
  private static final Set<String> OF_FIGURES = Set.of("lighting-rate");

  private static final Duration HASTE = Duration.ofMillis(1);
  private static final Duration OUTAGE = Duration.ofMinutes(20);
  private static final Duration TEN_YEARS = Duration.ofDays(3652);

  @TestFactory
  Stream<DynamicTest> everyRuleThatShips() {
    var shipped = Shipped.asItIs();
    var hasty = Shipped.hasty();
    return Packs.sections("rule", new Mistakes()).stream()
        .filter(pack -> !OF_FIGURES.contains(String.valueOf(pack.text("rule"))))
        .filter(Shipped::hasLevers)
        .flatMap(
            pack -> {
              var rule = String.valueOf(pack.text("rule"));
              var kind = String.valueOf(pack.text("for"));
              return new Cases(new Ruled(shipped, rule, kind), new Ruled(hasty, rule, kind))
                  .all().stream();
            });
  }

  /** The cases of one rule. */
  private static final class Cases {

    private final String rule;
    private final Duration span; // how long to watch
    private final Ruled ruled;
    private final Ruled hasty; // without holds: says when a condition turns
    private final Play raising;
    private final @Nullable Duration turned; // when the condition of the raising play does
    private final List<DynamicTest> cases = new ArrayList<>();

    Cases(Ruled ruled, Ruled hasty) {
      this.ruled = ruled;
      span = ruled.span();
      this.hasty = hasty;
      rule = ruled.watch.rule().name().text();
      var found = hasty.find(play -> raised(hasty, play) != null);
      raising = found == null ? new Play(Map.of()) : found;
      var raisedHastily = raised(hasty, raising);
      turned = raisedHastily == null ? null : raisedHastily.minus(HASTE);
    }

    List<DynamicTest> all() {
      add("raises after its hold, once", this::raises);
      if (turned == null) {
        return cases;
      }
      thresholds();
      add("clears after its hold", this::clears);
      hysteresis();
      add("an alarm whose inputs are lost stays", this::lostLater);
      add("the wall clock moves nothing", this::clockStep);
      if (!ruled.hold().isZero()) {
        add("what is lost in the middle of its hold raises nothing", this::lostBefore);
      }
      if (raising.isSteady() && !ruled.isByTheDay()) {
        add("while people work there only an emergency is raised", this::maintenance);
      }
      if (isLatched()) {
        add("stays until somebody has acknowledged it", this::latched);
      }
      if (!ruled.hold().isZero() && raising.isSteady()) {
        add("a restart in the middle of its hold stops the hold", this::restart);
      }
      return cases;
    }

    private void add(String name, Executable test) {
      var whole = rule + ": " + name;
      cases.add(
          dynamicTest(
              whole,
              () -> {
                try {
                  test.execute();
                } catch (AssertionError failed) {
                  throw new AssertionError(whole + ": " + failed.getMessage(), failed);
                }
              }));
    }

    private void raises() {
      assertThat(turned).as("some play raises it").isNotNull();
      if (turned == null) {
        return;
      }
      var entries = ruled.run(raising.at(Duration.ZERO), span);
      assertThat(entries)
          .filteredOn(entry -> entry.said().startsWith("raised "))
          .extracting(Transcript.Entry::at)
          .containsExactly(turned.plus(ruled.hold()));
    }

    /** Every threshold decides in some situation: there one side raises and the other does not. */
    private void thresholds() {
      for (var lever : ruled.levers) {
        for (var limit : limits(ruled.watch.when(), lever)) {
          add(
              "raises at %s and not just off it".formatted(said(lever, limit)),
              () -> {
                var inside = at(lever, Lever.inside(limit));
                var outside = at(lever, Lever.outside(limit));
                var deciding =
                    hasty.find(
                        play ->
                            (raised(hasty, play.with(lever, inside)) == null)
                                != (raised(hasty, play.with(lever, outside)) == null));
                assertThat(deciding).as("a situation in which it decides").isNotNull();
                if (deciding != null) {
                  var in = raised(ruled, deciding.with(lever, inside));
                  var out = raised(ruled, deciding.with(lever, outside));
                  assertThat(in == null).as("one side raises alone").isEqualTo(out != null);
                }
              });
        }
      }
    }

    /** There from the start; where it raises only by moving, it moves there as it does then. */
    private Lever.Move at(Lever lever, double number) {
      return raising.moves().get(lever)
              instanceof Step(Value.Num(var before), Value.Num(var after), var later)
          ? new Step(new Value.Num(number + before - after), new Value.Num(number), later)
          : new Steady(new Value.Num(number));
    }

    private void clears() {
      var calming = calming();
      assertThat(calming).as("some play clears it").isNotNull();
      if (calming == null) {
        return;
      }
      var at = later();
      var turnedBack = cleared(hasty, calming, at);
      var cleared = cleared(ruled, calming, at);
      assertThat(turnedBack).isNotNull();
      assertThat(cleared).isNotNull();
      if (turnedBack != null) {
        assertThat(cleared).isEqualTo(turnedBack.minus(HASTE).plus(ruled.clearHold()));
      }
    }

    private void hysteresis() {
      for (var lever : ruled.levers) {
        var up = limits(ruled.watch.when(), lever);
        var down = limits(ruled.watch.clear(), lever);
        if (up.size() != 1
            || down.size() != 1
            || up.getFirst().number() == down.getFirst().number()) {
          continue;
        }
        double between = (up.getFirst().number() + down.getFirst().number()) / 2;
        var move = new Steady(new Value.Num(between));
        if (raised(hasty, raising.with(lever, move)) == null) {
          add(
              "between its limits of %s it neither raises nor clears"
                  .formatted(lever.spec().name()),
              () -> assertThat(cleared(ruled, raising.with(lever, move), later())).isNull());
        }
      }
    }

    private void lostLater() {
      assertThat(ruled.first("cleared", lost(later()), later().plus(span))).isNull();
    }

    private void lostBefore() {
      var middle = turned().plus(ruled.hold().dividedBy(2));
      assertThat(ruled.first("raised", lost(middle), span)).isNull();
    }

    /** The raising play until nobody says anything any more. */
    private List<Happening> lost(Duration at) {
      var feed = new ArrayList<>(raising.at(Duration.ZERO));
      feed.removeIf(
          happening -> happening instanceof Happening.Heard && happening.at().compareTo(at) > 0);
      raising.moves().keySet().forEach(lever -> feed.addAll(lever.lost(at)));
      return feed;
    }

    /** What works on an asset raises nothing but an emergency, and then everything. */
    private void maintenance() {
      var feed = new ArrayList<>(raising.at(Duration.ofMinutes(1)));
      feed.addFirst(act("maintenance", ruled.watch.asset().id(), Duration.ofHours(1)));
      boolean isEmergency = ruled.watch.rule().course().severity() == Severity.EMERGENCY;
      var raised = ruled.first("raised", feed, Duration.ofHours(5));
      var undisturbed = Duration.ofMinutes(1).plus(turned()).plus(ruled.hold());
      assertThat(raised)
          .isEqualTo(isEmergency ? undisturbed : Duration.ofHours(1).plus(ruled.hold()));
    }

    private void latched() {
      var calming = calming();
      if (calming != null) {
        var feed = new ArrayList<>(raising.at(Duration.ZERO));
        feed.addAll(calming.at(later()));
        var until = later().plus(span);
        assertThat(ruled.first("cleared", feed, until)).as("before anybody came").isNull();
        feed.add(act("ack", ruled.watch.id(), later().plusHours(1)));
        assertThat(ruled.first("cleared", feed, until)).isEqualTo(later().plusHours(1));
      }
    }

    private static Happening act(String op, String target, Duration at) {
      var lease = op.equals("ack") ? null : at;
      return new Happening.Acted(
          op.equals("ack") ? at : Duration.ZERO,
          new Command(
              "c", op, target, null, Issuer.CREW, "crew:4711", "test", null, null, lease, "f"));
    }

    private void restart() {
      var feed = new ArrayList<>(raising.at(Duration.ZERO));
      var middle = ruled.hold().dividedBy(2);
      feed.add(new Happening.Down(middle, OUTAGE));
      raising.at(middle.plus(OUTAGE)).stream()
          .filter(happening -> happening instanceof Happening.Heard)
          .forEach(feed::add);
      assertThat(ruled.first("raised", feed, span)).isEqualTo(ruled.hold().plus(OUTAGE));
    }

    private void clockStep() {
      var calming = calming();
      for (var jump : List.of(TEN_YEARS, TEN_YEARS.negated())) {
        var plain = new ArrayList<>(raising.at(Duration.ZERO));
        if (calming != null) {
          plain.addAll(calming.at(later()));
        }
        var jumping = new ArrayList<>(plain);
        jumping.add(new Happening.ClockStep(turned().plus(ruled.hold().dividedBy(2)), jump));
        jumping.add(new Happening.ClockStep(later().plusSeconds(1), jump.negated()));
        var until = later().plus(span);
        assertThat(ruled.run(jumping, until)).isEqualTo(ruled.run(plain, until));
      }
    }

    private @Nullable Play calming() {
      return hasty.find(play -> cleared(hasty, play, later()) != null);
    }

    private Duration turned() {
      return turned == null ? Duration.ZERO : turned;
    }

    /** After it was raised; what moves may soon stop to be true. */
    private Duration later() {
      var after = raising.isSteady() ? Duration.ofHours(1) : Duration.ofMinutes(1);
      return turned().plus(ruled.hold()).plus(after);
    }

    private boolean isLatched() {
      return ruled.watch.rule().course().latch() != Alarm.Latch.NONE;
    }

    private @Nullable Duration raised(Ruled by, Play play) {
      return by.first("raised", play.at(Duration.ZERO), span);
    }

    private @Nullable Duration cleared(Ruled by, Play calming, Duration at) {
      var feed = new ArrayList<>(raising.at(Duration.ZERO));
      if (isLatched()) {
        feed.add(act("ack", ruled.watch.id(), at.minusSeconds(1)));
      }
      feed.addAll(calming.at(at));
      return by.first("cleared", feed, at.plus(span));
    }

    private static List<Input.Limit> limits(Condition condition, Lever lever) {
      return condition.inputs().stream()
          .filter(input -> input.limit() != null && lever.slots().contains(input.slot()))
          .map(Input::limit)
          .distinct()
          .toList();
    }

    private static String said(Lever lever, Input.Limit limit) {
      return "%s %s %s".formatted(lever.spec().name(), limit.sign(), limit.number());
    }
  }
}

package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Bridge;

/** What flows while a zone is open, learned by watching. */
class HabitTest {

  private static final long MINUTE = 60_000_000_000L;

  private final Street street =
      new Street()
          .with("master", "master", null)
          .with("zone", "zone-1", "master")
          .with("zone", "zone-2", "master");
  private final Habit habit =
      new Habit(List.of(street.point("zone-1/valve"), street.point("zone-2/valve")));
  private final List<Habit.Valve> valves = List.of(habit.new Valve(0), habit.new Valve(1));
  private long now;

  private void shut() {
    valves.forEach(valve -> valve.take(now, 0));
    habit.take(now, 0);
  }

  private void waters(int zone, double flow, int minutes) {
    valves.get(zone).take(now, 1);
    habit.take(now, 3 * flow); // until the pipes are full
    now += MINUTE;
    habit.take(now, flow);
    now += (minutes - 1) * MINUTE;
    shut();
    now += MINUTE;
  }

  private double usual() {
    return habit.value(Measure.MEAN, now, 0);
  }

  @Test
  void isKnownAfterThreeTimesAndAddedUp() {
    shut();
    for (int time = 0; time < 3; time++) {
      valves.getFirst().take(now, 1);
      assertThat(usual()).as("time %d", time).isNaN();
      valves.getFirst().take(now, 0);
      waters(0, 20, 10);
    }
    for (int time = 0; time < 3; time++) {
      waters(1, 30, 10);
    }
    assertThat(usual()).as("nothing is open").isNaN();
    valves.getFirst().take(now, 1);
    assertThat(usual()).isCloseTo(20, within(1e-9));
    valves.getLast().take(now, .5);
    assertThat(usual()).isCloseTo(50, within(1e-9));
    valves.getLast().take(now, Double.NaN);
    assertThat(usual()).isNaN();
  }

  @Test
  void aShortTimeAndOneWithoutFlowTeachNothing() {
    shut();
    for (int time = 0; time < 5; time++) {
      waters(0, 20, 4);
      waters(0, 0, 10);
    }
    valves.getFirst().take(now, 1);
    assertThat(usual()).isNaN();
  }

  @Test
  void twoAtOnceTeachNothing() {
    shut();
    for (int time = 0; time < 5; time++) {
      valves.getLast().take(now, 1);
      waters(0, 20, 10);
    }
    valves.getFirst().take(now, 1);
    assertThat(usual()).isNaN();
  }

  /** A quarter of a quarter a time: one burst moves it little, another nozzle within weeks. */
  @Test
  void movesByLittle() {
    shut();
    for (int time = 0; time < 3; time++) {
      waters(0, 20, 10);
    }
    waters(0, 100, 10);
    valves.getFirst().take(now, 1);
    assertThat(usual()).isCloseTo(20 * (1 + .25 * .25), within(1e-9));
    valves.getFirst().take(now, 0);
    for (int time = 0; time < 30; time++) {
      waters(0, 40, 10);
    }
    valves.getFirst().take(now, 1);
    assertThat(usual()).isCloseTo(40, within(1.0));
  }

  @Test
  void outlivesItsProcess() {
    shut();
    for (int time = 0; time < 3; time++) {
      waters(0, 20, 10);
    }
    var again = new Habit(List.of(street.point("zone-1/valve")));
    again.recall(habit.note(), Bridge.none(Street.at(Duration.ZERO)));
    again.new Valve(0).take(0, 1);
    assertThat(again.value(Measure.MEAN, 0, 0)).isCloseTo(20, within(1e-9));
  }
}

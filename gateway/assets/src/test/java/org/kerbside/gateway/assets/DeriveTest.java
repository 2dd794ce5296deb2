package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reading.Timing;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

class DeriveTest {

  private final Bench bench =
      new Bench()
          .with("toilet", "wc-1", null)
          .with("stall", "f1", "wc-1")
          .with("stall", "f2", "wc-1")
          .with("bin", "bin-1", null, "empty", 1.2, "full", .3, "compensated", "true");

  @Test
  void whatFollowsStandsBehindWhatItFollowsFrom() {
    bench.says("bin-1/distance", .42);

    assertThat(bench.told())
        .extracting(reading -> reading.point().name())
        .containsExactly("distance", "fill", "emptied");
  }

  @Test
  void whatADeviceSaysItselfIsNotDerivedOverIt() {
    bench.says("bin-1/fill", .3).says("bin-1/distance", .42);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.3");
    bench.turnsStale("bin-1/fill").says("bin-1/distance", .42);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.867");
  }

  @Test
  void anUnknownStallIsNotFree() {
    bench.says("f1/occupied", false);
    assertThat(bench.number("wc-1/free")).isEqualTo(1);
    bench.says("f2/occupied", false);
    assertThat(bench.number("wc-1/free")).isEqualTo(2);
    bench.fails("f1/occupied", Reason.SILENT);
    assertThat(bench.number("wc-1/free")).isEqualTo(1);
    bench.turnsStale("f2/occupied");
    assertThat(bench.number("wc-1/free")).isZero();
  }

  @Test
  void aStallOnWhichPeopleWorkIsNotFreeAndWhatItTellsIsDoubted() {
    bench.says("f1/occupied", false).says("f2/occupied", false).works("f1");
    assertThat(bench.number("wc-1/free")).isEqualTo(1);
    bench.says("f1/shut", true).says("f2/shut", true);
    assertThat(bench.shown("f1/shut")).isEqualTo("true ?maintenance");
    assertThat(bench.shown("f2/shut")).isEqualTo("true");
    bench.works("f1", "wc-1");
    assertThat(bench.number("wc-1/free")).isZero();
    int before = bench.told().size();
    bench.works("wc-1", "f1");
    assertThat(bench.told()).hasSize(before);
    bench.works();
    assertThat(bench.number("wc-1/free")).isEqualTo(2);
    assertThat(bench.says("f1/shut", true).shown("f1/shut")).isEqualTo("true");
  }

  @Test
  void anOlderReadingIsPassedOnAndTeachesNothing() {
    bench.says("f1/occupied", false).says("f2/occupied", false);
    var older = bench.now().at(bench.now().wall().minusSeconds(60));
    int before = bench.told().size();
    bench.hears(Reading.good(bench.point("f1/occupied"), Value.Flag.TRUE, older, Timing.SOURCE));

    assertThat(bench.told()).hasSize(before + 1);
    assertThat(bench.number("wc-1/free")).isEqualTo(2);
  }

  @Test
  void anOlderDistanceMakesNoFill() {
    bench.says("bin-1/distance", .42);
    var older = bench.now().at(bench.now().wall().minusSeconds(60));
    bench.hears(
        Reading.good(bench.point("bin-1/distance"), new Value.Num(1.2), older, Timing.SOURCE));

    assertThat(bench.shown("bin-1/distance")).isEqualTo("1.2");
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.867");
  }

  @Test
  void whatIsNotedHasNames() {
    bench.says("bin-1/distance", .42).passes(90);

    var note = bench.derive().note(bench.memory());
    assertThat(note.note("bin-1/fill").value("shown")).isEqualTo(new Value.Num(.867));
    assertThat(note.facts()).doesNotContainKeys("f1/occupied", "wc-1/visits");
    var again = bench.derive().recall(note, List.of(), Bridge.none(bench.now()));
    assertThat(bench.derive().note(again)).usingRecursiveComparison().isEqualTo(note);
  }
}

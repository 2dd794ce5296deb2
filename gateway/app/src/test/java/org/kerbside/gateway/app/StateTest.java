package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.app.Street.ASSET;
import static org.kerbside.gateway.app.Street.BEAT;
import static org.kerbside.gateway.app.Street.DISTANCE;
import static org.kerbside.gateway.app.Street.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Value;

class StateTest {

  private final State state = new State(List.of(ASSET), new Silence(List.of()));
  private Moment now = START;

  @Test
  void insideTheBandItIsTakenAndEntersNoFrame() {
    assertThat(said(1.0)).hasSize(1);
    pass(Duration.ofSeconds(10));
    assertThat(said(1.005)).isEmpty();
    assertThat(seen().last()).extracting(Reading::value).isEqualTo(new Value.Num(1.005));
    assertThat(seen().heard()).isEqualTo(now);
    assertThat(said(1.011)).hasSize(1);
  }

  @Test
  void theBandIsMeasuredFromWhatEnteredSoThatASlowDriftIsToldToo() {
    said(1.0);
    int entered = 0;
    for (int step = 1; step <= 100; step++) {
      entered += said(1.0 + step * .001).size();
    }
    assertThat(entered).isBetween(9, 10);
  }

  @Test
  void theHeartbeatEntersThoughNothingMoved() {
    said(1.0);
    pass(BEAT.minusSeconds(1));
    assertThat(said(1.0)).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(said(1.0)).hasSize(1);
  }

  @Test
  void whatTurnsARuleEntersInsideTheBand() {
    said(1.0);

    assertThat(state.apply(List.of(reading(1.001)), reading -> true, heard -> {}, now)).hasSize(1);
  }

  @Test
  void aChangedQualityEnters() {
    said(1.0);
    assertThat(take(bad(Reason.NO_ECHO))).hasSize(1);
    assertThat(take(bad(Reason.NO_ECHO))).isEmpty();
    assertThat(take(bad(Reason.TIME_OUT))).hasSize(1);
    assertThat(said(1.0)).hasSize(1);
  }

  @Test
  void threeIntervalsWithoutASampleAreStaleAndToldOnce() {
    said(1.0);
    pass(BEAT.multipliedBy(Seen.STALE_AFTER).minusMillis(1));
    assertThat(state.turnStale(now)).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(state.turnStale(now))
        .singleElement()
        .extracting(Reading::quality)
        .isEqualTo(new Quality.Bad(Reason.STALE));
    assertThat(seen().state(now)).isEqualTo(DataState.STALE);
    pass(BEAT.multipliedBy(100));
    assertThat(state.turnStale(now)).isEmpty();
    assertThat(said(1.0)).as("it speaks again").hasSize(1);
    assertThat(seen().state(now)).isEqualTo(DataState.GOOD);
  }

  /** What follows from a stale point may be told stale by it, before or after its own time. */
  @Test
  void staleIsToldOnceWhoeverSaysSo() {
    said(1.0);
    pass(BEAT.multipliedBy(Seen.STALE_AFTER));
    assertThat(state.turnStale(now)).hasSize(1);
    pass(BEAT.multipliedBy(2));
    assertThat(take(bad(Reason.STALE))).isEmpty();
    said(1.0);
    assertThat(take(bad(Reason.STALE))).hasSize(1);
    pass(BEAT.multipliedBy(Seen.STALE_AFTER));
    assertThat(state.turnStale(now)).isEmpty();
  }

  @Test
  void aSampleInsideTheBandPutsStalenessOff() {
    said(1.0);
    pass(BEAT.multipliedBy(2));
    said(1.0);
    pass(BEAT.multipliedBy(2));
    assertThat(state.turnStale(now)).isEmpty();
    assertThat(state.wake()).isEqualTo(now.sinceBoot().plus(BEAT));
  }

  @Test
  void whatIsOutOfOrderGoesToTheJournalAndNotToState() {
    take(Reading.good(DISTANCE, new Value.Num(1), now, Reading.Timing.SOURCE));
    var older = now.at(now.wall().minusSeconds(60));
    var late = Reading.good(DISTANCE, new Value.Num(2), older, Reading.Timing.SOURCE);

    assertThat(take(late)).containsExactly(late);
    assertThat(seen().last()).extracting(Reading::value).isEqualTo(new Value.Num(1));
  }

  @Test
  void aWallClockThatWasSetBackMakesNothingLate() {
    said(1.0);
    now = new Moment(now.wall().minus(Duration.ofHours(2)), now.clock(), now.sinceBoot());
    pass(Duration.ofSeconds(10));
    take(Reading.good(DISTANCE, new Value.Num(2), now, Reading.Timing.SOURCE));

    assertThat(seen().last()).extracting(Reading::value).isEqualTo(new Value.Num(2));
  }

  @Test
  void whatIsLateIsNotForTheRules() {
    var heard = new ArrayList<Reading>();
    var late = source(now.wall().minusSeconds(60));
    state.apply(List.of(source(now.wall()), late), turning -> false, heard::add, now);
    assertThat(heard).hasSize(1).doesNotContain(late);
  }

  @Test
  void theRulesHearWhatEnteredBeforeTheNextReadingIsTried() {
    var heard = new ArrayList<Reading>();
    var readings = List.of(reading(1.0), reading(1.001), reading(1.002));
    var frame = state.apply(readings, turning -> heard.size() == 1, heard::add, now);
    assertThat(frame).containsExactly(readings.get(0), readings.get(1));
  }

  @Test
  void aSourceWhoseClockFellBackIsHeardAgainOnceItWasStale() {
    take(source(now.wall()));
    pass(BEAT.multipliedBy(Seen.STALE_AFTER));
    state.turnStale(now);
    var back = source(now.wall().minus(Duration.ofDays(1)));
    take(back);
    assertThat(seen().last()).isEqualTo(back);
  }

  @Test
  void theHeartbeatIsNotPutOffByAClockThatWasSet() {
    take(source(now.wall()));
    now = new Moment(now.wall().plusSeconds(86_400), now.clock(), now.sinceBoot());
    pass(BEAT);
    assertThat(take(source(now.wall().minusSeconds(86_400)))).hasSize(1);
  }

  @Test
  void aPointWhoseStalenessWasNotKeptIsToldAgain() {
    said(1.0);
    pass(BEAT.multipliedBy(Seen.STALE_AFTER));
    state.forget(state.turnStale(now).getFirst());
    pass(Duration.ofSeconds(1));
    assertThat(state.turnStale(now)).hasSize(1);
    assertThat(state.turnStale(now)).isEmpty();
  }

  private Reading source(Instant wall) {
    return Reading.good(DISTANCE, new Value.Num(1), now.at(wall), Reading.Timing.SOURCE);
  }

  @Test
  void whatWasNotKeptEntersAgainWhenItIsRepeated() {
    var unkept = said(1.0).getFirst();
    assertThat(said(1.0)).isEmpty();
    state.forget(unkept);
    assertThat(said(1.0)).hasSize(1);
  }

  @Test
  void aValueThatStaysHasChangedWhenItFirstCame() {
    said(1.0);
    var first = now;
    pass(Duration.ofMinutes(3));
    said(1.0);
    assertThat(seen().changed()).isEqualTo(first);
    said(2.0);
    assertThat(seen().changed()).isEqualTo(now);
  }

  private List<Reading> said(double metres) {
    return take(reading(metres));
  }

  private List<Reading> take(Reading reading) {
    return state.apply(List.of(reading), turning -> false, heard -> {}, now);
  }

  private Reading reading(double metres) {
    return Reading.good(DISTANCE, new Value.Num(metres), now, Reading.Timing.RECEIPT);
  }

  private Reading bad(Reason reason) {
    return Reading.bad(DISTANCE, reason, now, Reading.Timing.RECEIPT);
  }

  private Seen seen() {
    return state.seen(DISTANCE);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}

package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each broken promise is seen, and a whole world is not complained of. */
class SetCheckerTest {

  private final Set<Said> acknowledged = new HashSet<>();
  private final Set<Said> unsure = new HashSet<>();
  private final List<String> frames = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>(List.of(0L));
  private final List<Double> moves = new ArrayList<>();
  private Map<String, Double> commands = Map.of();
  private long waiting;

  @Test
  void aWholeWorldHasNoProblems() {
    acknowledged(said("a1/p1", 1000, 7), said("a1/p1", 1001, 8));
    frame(1, "a1/p1", 1.000, 7);
    frame(2, "a1/p1", 1.001, 8);
    assertThat(check().problems()).isEmpty();
    assertThat(check())
        .hasToString(
            "acknowledged 2, received 2 in 2 frames, repeated 0, holes explained 0, unexplained 0,"
                + " lost 0, doubled 0, changed 0, other 0");
  }

  @Test
  void whatWasAcknowledgedAndDidNotComeIsLost() {
    acknowledged(said("a1/p1", 1000, 7), said("a1/p1", 1001, 8));
    frame(1, "a1/p1", 1.000, 7);
    assertThat(check().lost()).hasSize(1).first().asString().contains("at=1001");
  }

  @Test
  void whatNobodyAcknowledgedMayBeMissing() {
    unsure.add(said("a1/p1", 1000, 7));
    assertThat(check().problems()).isEmpty();
  }

  @Test
  void aRepeatIsNothingUnlessItSaysSomethingElse() {
    acknowledged(said("a1/p1", 1000, 7), said("a1/p1", 1001, 8));
    frame(1, "a1/p1", 1.000, 7);
    frame(1, "a1/p1", 1.000, 7);
    assertThat(check().repeats()).isOne();
    assertThat(check().changed()).isEmpty();
    frame(1, "a1/p1", 1.001, 8);
    assertThat(check().changed()).hasSize(1);
  }

  @Test
  void theSameReadingInTwoFramesIsDoubled() {
    acknowledged(said("a1/p1", 1000, 7));
    frame(1, "a1/p1", 1.000, 7);
    frame(2, "a1/p1", 1.000, 7);
    assertThat(check().doubled()).hasSize(1);
  }

  @Test
  void aHoleWantsItsGap() {
    acknowledged(said("a1/p1", 1000, 7), said("a1/p1", 1004, 9));
    frame(1, "a1/p1", 1.000, 7);
    frame(4, "a1/p1", 1.004, 9);
    assertThat(check().unexplained()).hasSize(2);
    event(
        1,
        "\"kind\":\"gap\",\"of\":\"d\",\"from\":2,\"to\":3,\"reason\":\"quota\",\"first\":1.001,\"last\":1.003");
    acknowledged(said("a1/p1", 1002, 8));
    assertThat(check().problems()).isEmpty();
    assertThat(check().explained()).isEqualTo(2);
  }

  @Test
  void oneGapDoesNotExplainAnotherStreamsHole() {
    event(2, "\"kind\":\"gap\",\"of\":\"d\",\"from\":1,\"to\":3,\"reason\":\"quota\"");
    assertThat(check().unexplained()).hasSize(1).first().asString().startsWith("e 1 ");
  }

  @Test
  void aReadingBeforeItsForerunnerIsOutOfOrder() {
    acknowledged(said("a1/p1", 1000, 7), said("a1/p1", 1001, 8));
    frame(1, "a1/p1", 1.001, 8);
    frame(2, "a1/p1", 1.000, 7);
    assertThat(check().broken()).hasSize(1).first().asString().startsWith("out of order");
  }

  @Test
  void whatNobodyToldIsNoReading() {
    acknowledged(said("a1/p1", 1000, 7));
    frame(1, "a1/p1", 1.000, 7);
    frame(2, "a1/p1", 1.005, 7);
    assertThat(check().broken()).hasSize(1).first().asString().startsWith("nobody told");
  }

  @Test
  void eachHighReadingRaisesItsAlarm() {
    acknowledged(said("a1/p0", 1000, 1000), said("a1/p0", 1001, -1), said("a1/p0", 1002, 1002));
    frame(1, "a1/p0", 1.000, 1000);
    frame(2, "a1/p0", 1.001, -1);
    frame(3, "a1/p0", 1.002, 1002);
    alarm(1, "raised", 1.000, 1000);
    alarm(2, "cleared", 1.001, -1);
    assertThat(check().broken()).hasSize(1).first().asString().contains("raised by [1000.0]");
    alarm(3, "raised", 1.002, 1002);
    assertThat(check().broken()).isEmpty();
  }

  @Test
  void anAlarmThatIsNotClearedWantsAStartBetween() {
    acknowledged(said("a1/p0", 1000, 1000), said("a1/p0", 1005, 1002));
    frame(1, "a1/p0", 1.000, 1000);
    frame(2, "a1/p0", 1.005, 1002);
    alarm(1, "raised", 1.000, 1000);
    alarm(2, "raised", 1.005, 1002);
    assertThat(check().broken()).hasSize(1).first().asString().contains("raised twice");
    starts.add(1002L);
    assertThat(check().broken()).isEmpty();
  }

  @Test
  void aCommandMovesAtMostOnceAndEndsOnce() {
    commands = Map.of("k-1", .5);
    assertThat(check().broken()).as("no outcome").hasSize(1);
    event(1, "\"kind\":\"result\",\"id\":\"k-1\",\"outcome\":\"failed\"");
    assertThat(check().broken()).isEmpty();
    moves.add(.5);
    assertThat(check().broken()).isEmpty();
    moves.add(.5);
    assertThat(check().broken()).hasSize(1).first().asString().contains("moved its actuator 2");
    event(2, "\"kind\":\"result\",\"id\":\"k-1\",\"outcome\":\"done\"");
    assertThat(check().broken()).hasSize(2);
  }

  @Test
  void whatIsDoneHasMovedAndWhatIsRejectedHasNot() {
    commands = Map.of("k-1", .5, "k-2", .6);
    event(1, "\"kind\":\"result\",\"id\":\"k-1\",\"outcome\":\"done\"");
    event(2, "\"kind\":\"result\",\"id\":\"k-2\",\"outcome\":\"rejected\"");
    moves.add(.6);
    assertThat(check().broken()).hasSize(2);
  }

  @Test
  void nothingIsLeftToSend() {
    waiting = 3;
    assertThat(check().broken()).containsExactly("left to send: 3 frames");
  }

  private Verdict check() {
    return SetChecker.check(
        new SetChecker.Street(acknowledged, unsure, commands, moves),
        new SetChecker.City(frames, starts, waiting));
  }

  private void acknowledged(Said... readings) {
    acknowledged.addAll(List.of(readings));
  }

  private static Said said(String point, long at, double value) {
    return new Said(point, at, value);
  }

  private void frame(long seq, String point, double time, double value) {
    frames.add(
        String.format(
            Locale.ROOT,
            "{\"epoch\":\"E\",\"stream\":\"d\",\"seq\":%d,\"m\":[{\"n\":\"%s\",\"t\":%s,\"v\":%s}]}",
            seq,
            point,
            time,
            value));
  }

  private void alarm(long seq, String change, double at, double value) {
    event(
        seq,
        String.format(
            Locale.ROOT,
            "\"kind\":\"alarm\",\"id\":\"a1/high\",\"change\":\"%s\",\"at\":%s,\"why\":[{\"value\":%s}]",
            change,
            at,
            value));
  }

  private void event(long seq, String members) {
    frames.add("{\"epoch\":\"E\",\"stream\":\"e\",\"seq\":%d,%s}".formatted(seq, members));
  }
}

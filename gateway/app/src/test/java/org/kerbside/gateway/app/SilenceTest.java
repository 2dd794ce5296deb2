package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Speech;
import org.kerbside.gateway.model.Unit;

/** Devices and buses that fall silent: what state tells of their points, and the rules of them. */
class SilenceTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final String SITE =
      """
      assets:
        a1:
          kind: generic
          points: { quick: { unit: count, beat: 10min }, slow: { unit: count, beat: 6h } }
          at: hand/a1
        a2: { kind: generic, points: { quick: { unit: count, beat: 1h } }, at: hand/a2 }
        a3: { kind: generic, points: { quick: { unit: count, beat: 1h } }, at: hand/a3 }
        f1:
          kind: stall
          parent: wc
          devices: [ { at: hand/radar }, { at: hand/reed } ]
        wc: { kind: toilet }
      """;

  @TempDir private Path folder;

  // Of the process that runs.
  private Silence silence = new Silence(List.of());
  private State state = new State(List.of(), silence);
  private Stamp stamp = new Stamp(silence, new Recent(key -> false), new Reports());
  private Moment now = new Moment(Instant.parse("2026-07-01T04:00:00Z"), ClockQuality.SYNC, HOUR);
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    var site = HandSite.read(folder, SITE);
    silence = new Silence(site.devices());
    state = new State(site.assets(), silence);
    stamp = new Stamp(silence, new Recent(key -> false), new Reports());
  }

  @Test
  void aDeviceThatSaysNothingTakesAllItsPointsAlongAtOnce() {
    says("hand", "a1", "quick", "slow");
    assertThat(told).containsExactly("a1/quick good", "a1/slow good", "a1 speaks", "hand speaks");
    told.clear();
    pass(Duration.ofMinutes(30));
    assertThat(told).containsExactly("a1/quick silent", "a1/slow silent", "a1 silent");
  }

  @Test
  void aPointIsStaleAloneWhereItsDeviceGoesOn() {
    says("hand", "a1", "quick", "slow");
    pass(Duration.ofMinutes(20));
    says("hand", "a1", "slow");
    told.clear();
    pass(Duration.ofMinutes(10));
    assertThat(told).containsExactly("a1/quick stale");
  }

  /** However long it goes on: each point has one record, and none until it is back. */
  @Test
  void silenceIsToldOnceAndEndsWithTheFirstWord() {
    says("hand", "a1", "quick", "slow");
    pass(Duration.ofMinutes(30));
    told.clear();
    for (int day = 0; day < 9; day++) {
      pass(Duration.ofHours(8));
    }
    assertThat(told).isEmpty();
    says("hand", "a1", "quick");
    assertThat(told).containsExactly("a1/quick good", "a1 speaks");
    told.clear();
    pass(Duration.ofMinutes(30));
    assertThat(told).containsExactly("a1/quick silent", "a1 silent");
  }

  @Test
  void threePollsWithoutAnAnswerAreSilenceAndTheNextOnesNoNews() {
    says("hand", "a1", "quick");
    told.clear();
    polls("a1", 2);
    assertThat(told).containsExactly("a1/quick time-out");
    polls("a1", 1);
    assertThat(told).containsExactly("a1/quick time-out", "a1/quick silent", "a1 silent");
    told.clear();
    polls("a1", 20);
    pass(HOUR);
    assertThat(told).isEmpty();
    says("hand", "a1", "quick");
    assertThat(told).containsExactly("a1/quick good", "a1 speaks");
    polls("a1", 2);
    says("hand", "a1", "quick");
    polls("a1", 2);
    assertThat(told).doesNotContain("a1 silent");
  }

  /** A cable is pulled: its driver knows at once. */
  @Test
  void aLineThatIsGoneIsSilenceAtOnce() {
    says("hand", "a1", "quick", "slow");
    says("hand", "a2", "quick");
    told.clear();
    for (var device : List.of("a1", "a2", "a3")) {
      hears("hand", device, List.of(Sample.bad("quick", Reason.SILENT)));
    }
    assertThat(told)
        .containsExactly(
            "a1/quick silent",
            "a1/slow silent",
            "a1 silent",
            "a2/quick silent",
            "a2 silent",
            "hand silent",
            "a3 silent");
  }

  /** a2 should have spoken every hour: who spoke meanwhile shows that the bus carries. */
  @Test
  void aBusIsSilentOnceTwoAreAndNobodySpokeWhereTheLastShouldHave() {
    says("hand", "a1", "quick");
    says("hand", "a2", "quick");
    says("hand", "a3", "quick");
    told.clear();
    pass(Duration.ofMinutes(30));
    assertThat(told).containsExactly("a1/quick silent", "a1 silent");
    told.clear();
    pass(HOUR.multipliedBy(2));
    says("hand", "a3", "quick");
    told.clear();
    pass(Duration.ofMinutes(30));
    assertThat(told).as("a3 spoke").containsExactly("a2/quick silent", "a2 silent");
    told.clear();
    pass(HOUR.multipliedBy(3));
    assertThat(told).containsExactly("a3/quick silent", "a3 silent", "hand silent");
    told.clear();
    says("hand", "a2", "quick");
    assertThat(told).containsExactly("a2/quick good", "a2 speaks", "hand speaks");
  }

  @Test
  void anAssetIsSilentWhileOneOfItsDevicesIs() {
    says("hand", "radar", "presence");
    says("hand", "reed", "shut");
    told.clear();
    for (int quarter = 0; quarter < 3; quarter++) {
      pass(Duration.ofMinutes(15));
      says("hand", "reed", "shut");
    }
    assertThat(told).containsExactly("f1/presence silent", "f1 silent");
    told.clear();
    says("hand", "reed", "shut");
    assertThat(told).isEmpty();
    says("hand", "radar", "presence");
    assertThat(told).containsExactly("f1/presence good", "f1 speaks");
  }

  /** Nobody listened meanwhile: who was silent has the same time to speak as everybody else. */
  @Test
  void afterARestartSilenceIsSaidAgainThoughItsPointsAreTold() throws IOException {
    says("hand", "a1", "quick", "slow");
    says("hand", "a2", "quick");
    pass(Duration.ofMinutes(30));
    var note = state.note();
    told.clear();
    begin();
    state.recall(note, Bridge.none(now));
    state.resume(Duration.ZERO, now);
    pass(Duration.ofMinutes(29));
    assertThat(told).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(told).containsExactly("a1 silent");
    says("hand", "a1", "slow");
    assertThat(told).containsExactly("a1 silent", "a1/slow good", "a1 speaks", "hand speaks");
  }

  /** The second of two devices was heard by an earlier process: the first alone clears nothing. */
  @Test
  void afterARestartAnAssetSpeaksOnceAllOfItDoes() throws IOException {
    says("hand", "radar", "presence");
    says("hand", "reed", "shut");
    var note = state.note();
    begin();
    state.recall(note, Bridge.none(now));
    state.resume(Duration.ZERO, now);
    told.clear();
    says("hand", "reed", "shut");
    assertThat(told).doesNotContain("f1 speaks");
    says("hand", "radar", "presence");
    assertThat(told).contains("f1 speaks");
  }

  private void says(String bus, String device, String... quantities) {
    hears(bus, device, List.of(quantities).stream().map(SilenceTest::sample).toList());
  }

  private static Sample sample(String quantity) {
    return switch (quantity) {
      case "shut" -> Sample.of("shut", true);
      case "presence" -> Sample.of("presence", "none");
      default -> Sample.of(quantity, 1, Unit.COUNT);
    };
  }

  private void polls(String device, int times) {
    for (int i = 0; i < times; i++) {
      hears("hand", device, List.of(Sample.bad("quick", Reason.TIME_OUT)));
    }
  }

  private void hears(String bus, String device, List<Sample> samples) {
    var readings = new ArrayList<Reading>();
    var refused = new ArrayList<Event>();
    stamp.on(bus, Delivery.of(device, samples), now, readings, refused);
    assertThat(refused).isEmpty();
    note(state.apply(readings, reading -> false, reading -> {}, now));
    note(state.turnStale(now));
    silence.news().forEach(speech -> told.add(speech.asset() + " " + said(speech.state())));
  }

  private static String said(Speech.State state) {
    return switch (state) {
      case SPEAKS -> "speaks";
      case SILENT -> "silent";
    };
  }

  private void note(List<Reading> entered) {
    for (var reading : entered) {
      var reason =
          switch (reading.quality()) {
            case Quality.Good() -> "good";
            case Quality.Uncertain(var why) -> why.text();
            case Quality.Bad(var why) -> why.text();
          };
      told.add(reading.point() + " " + reason);
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
    note(state.turnStale(now));
    silence.news().forEach(speech -> told.add(speech.asset() + " " + said(speech.state())));
  }
}

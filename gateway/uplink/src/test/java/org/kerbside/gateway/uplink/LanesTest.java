package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final int SMALL = 100;

  @Test
  void eventsOvertakeReadings() {
    var lanes = new Lanes(20);
    assertThat(lanes.next(Set.of(Lane.EVENTS, Lane.LIVE, Lane.BACKLOG)::contains))
        .isEqualTo(Lane.EVENTS);
  }

  @Test
  void eventsFindAFreePlaceHoweverMuchWaits() {
    var lanes = new Lanes(20);
    sendWhileAllowed(lanes, EnumSet.of(Lane.LIVE, Lane.BACKLOG, Lane.ASSETS), SMALL);

    assertThat(lanes.inFlight()).isEqualTo(18);
    assertThat(lanes.next(Lane.EVENTS::equals)).isEqualTo(Lane.EVENTS);
  }

  @Test
  void backlogHasHalfAndLiveTheRest() {
    var lanes = new Lanes(20);
    var sent = sendWhileAllowed(lanes, EnumSet.of(Lane.LIVE, Lane.BACKLOG), SMALL);

    assertThat(sent).filteredOn(Lane.BACKLOG::equals).hasSize(9);
    assertThat(sent).filteredOn(Lane.LIVE::equals).hasSize(9);
    assertThat(sent.getFirst()).isEqualTo(Lane.LIVE);
  }

  @Test
  void backlogAloneTakesHalfAtMost() {
    var lanes = new Lanes(20);
    assertThat(sendWhileAllowed(lanes, EnumSet.of(Lane.BACKLOG), SMALL)).hasSize(10);
  }

  @Test
  void largeBacklogFramesStopAtTheirBytes() {
    var lanes = new Lanes(20);
    assertThat(sendWhileAllowed(lanes, EnumSet.of(Lane.BACKLOG), 20 * 1024)).hasSize(4);
  }

  @Test
  void aWindowOfOneStillMovesEverything() {
    for (var lane : Lane.values()) {
      var lanes = new Lanes(1);
      assertThat(sendWhileAllowed(lanes, EnumSet.of(lane), 1 << 20)).containsExactly(lane);
    }
  }

  /** Whatever is sent and answered in whatever order, the broker's maximum is kept. */
  @Test
  void neverPassesTheWindow() {
    var random = new Random(5);
    for (int most : new int[] {1, 2, 7, 8, 20, 32, 65_535}) {
      var lanes = new Lanes(most);
      var underWay = new ArrayList<Lane>();
      for (int i = 0; i < 5000; i++) {
        var lane = lanes.next(any -> random.nextInt(3) > 0);
        if (lane != null) {
          lanes.sent(lane, SMALL);
          underWay.add(lane);
        }
        if (!underWay.isEmpty() && random.nextBoolean()) {
          lanes.answered(underWay.remove(random.nextInt(underWay.size())), SMALL);
        }
        assertThat(lanes.inFlight()).isEqualTo(underWay.size());
        assertThat(underWay.size()).isLessThanOrEqualTo(Math.min(most, Lanes.WIDEST));
      }
    }
  }

  private static List<Lane> sendWhileAllowed(Lanes lanes, Set<Lane> full, int size) {
    var sent = new ArrayList<Lane>();
    for (var lane = lanes.next(full::contains); lane != null; lane = lanes.next(full::contains)) {
      lanes.sent(lane, size);
      sent.add(lane);
    }
    return sent;
  }
}

package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void whoIsSilentIsAskedAfter2To60SecondsAndNeverSoonerThanAtItsOwnPace() {
    assertThat(pauses(SECOND, 11))
        .containsExactly(1L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L);
    assertThat(pauses(SECOND.multipliedBy(10), 7))
        .containsExactly(10L, 10L, 10L, 10L, 10L, 16L, 32L);
  }

  @Test
  void whoIsAskedSeldomIsTriedOnceAMinuteWhileItIsSilent() {
    assertThat(pauses(SECOND.multipliedBy(300), 4)).containsExactly(60L, 60L, 60L, 60L);
    var poll = new Poll(SECOND.multipliedBy(300), 0, 0);
    poll.failed(0);
    poll.answered(poll.due());
    assertThat(poll.due()).as("its own pace again").isEqualTo(SECOND.multipliedBy(360).toNanos());
  }

  /** Seconds from one failed poll to the next. */
  private static List<Long> pauses(Duration every, int polls) {
    var poll = new Poll(every, 0, 0);
    var pauses = new ArrayList<Long>();
    for (int i = 0; i < polls; i++) {
      long due = poll.due();
      poll.failed(due);
      pauses.add((poll.due() - due) / SECOND.toNanos());
    }
    return pauses;
  }
}

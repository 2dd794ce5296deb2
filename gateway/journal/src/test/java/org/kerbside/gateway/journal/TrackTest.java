package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Ranges;

class TrackTest {

  private final Track track = new Track(100, new Ranges(), new Ranges());

  /** After a long outage there are thousands of runs, and a minute has no time to ask of each. */
  @Test
  void whatIsGoneFromTheFileIsNotLookedForAgain() {
    track.acknowledge(1, 3);
    track.acknowledge(7, 9);
    assertThat(track.freeable()).containsExactly(span(1, 3), span(7, 9));

    track.gone(1, 3);
    track.gone(7, 7);
    assertThat(track.freeable()).containsExactly(span(8, 9));

    track.acknowledge(4, 6);
    assertThat(track.freeable()).containsExactly(span(4, 6), span(8, 9));
  }

  private static Commit.Span span(long first, long last) {
    return new Commit.Span(first, last);
  }
}

package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final Sign CONTROL = Sign.of("control", 7);
  private static final Sign WRITER = Sign.of("writer", 3);

  private final Pulse pulse = Pulse.of(List.of(CONTROL, WRITER));

  @Test
  void namesWhoeverHasNotGotOn() {
    assertThat(pulse.still(List.of(Sign.of("control", 8), WRITER))).containsExactly("writer");
    assertThat(pulse.still(List.of(CONTROL, WRITER))).containsExactly("control", "writer");
  }

  @Test
  void isContentWhenEverybodyHas() {
    assertThat(pulse.still(List.of(Sign.of("control", 8), Sign.of("writer", 4)))).isEmpty();
  }

  @Test
  void excusesWhoSaysWhyNot() {
    assertThat(pulse.still(List.of(Sign.of("control", 8), new Sign("writer", 3, "disk full"))))
        .isEmpty();
  }

  @Test
  void expectsAThreadToBeThereAndNoMore() {
    var living = Pulse.of(List.of(Sign.living("bus a", true)));

    assertThat(living.still(List.of(Sign.living("bus a", true)))).isEmpty();
    assertThat(living.still(List.of(Sign.living("bus a", false)))).containsExactly("bus a");
  }

  @Test
  void doesNotAskOfANewPartThatItHasMovedAlready() {
    assertThat(pulse.still(List.of(Sign.of("control", 8), Sign.of("writer", 4), Sign.of("new", 0))))
        .isEmpty();
  }
}

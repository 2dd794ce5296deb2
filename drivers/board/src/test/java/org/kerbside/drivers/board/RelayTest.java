package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;

class RelayTest {

  private static final long SECOND = 1_000_000_000;
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Duration TWO = Duration.ofSeconds(2);

  @Test
  void switchesAtOnceAndThenWaitsItsLeastTime() {
    var relay = new Relay(false, TEN, TWO);
    relay.wants(true);
    assertThat(relay.switches(0)).isTrue();
    relay.wants(false);
    assertThat(relay.switches(10 * SECOND - 1)).isFalse();
    assertThat(relay.isOn()).isTrue();
    assertThat(relay.switches(10 * SECOND)).isTrue();
    assertThat(relay.isOn()).isFalse();
    relay.wants(true);
    assertThat(relay.due()).isEqualTo(12 * SECOND);
    assertThat(relay.switches()).isEqualTo(2);
  }

  @Test
  void whoIsMadeSafeWaitsForNothing() {
    var relay = new Relay(false, TEN, TEN);
    relay.wants(true);
    relay.switches(0);
    relay.madeSafe(false);
    assertThat(relay.isOn()).isFalse();
    assertThat(relay.due()).isEqualTo(Long.MAX_VALUE);
    assertThat(relay.switches()).isEqualTo(2);
  }

  /** Whatever is wanted when: it rests as long as it must, ends as is wanted, and is counted. */
  @Test
  @Tag("relay")
  void neverSwitchesSoonerThanItMay() {
    var campaign = Campaign.of("relay", 500);
    var chance = campaign.chance();
    for (int round = 0; round < campaign.n(); round++) {
      var relay = new Relay(chance.nextBoolean(), TEN, TWO);
      boolean was = relay.isOn();
      boolean wanted = was;
      long last = Long.MIN_VALUE;
      int switches = 0;
      long now = 0;
      for (int step = 0; step < 100; step++) {
        now += chance.nextLong(5 * SECOND);
        wanted = chance.nextBoolean();
        relay.wants(wanted);
        if (relay.switches(now)) {
          long least = (was ? TEN : TWO).toNanos();
          assertThat(last == Long.MIN_VALUE || now - last >= least).as("%s", campaign).isTrue();
          assertThat(relay.isOn()).isNotEqualTo(was);
          last = now;
          was = relay.isOn();
          switches++;
        }
      }
      if (relay.due() != Long.MAX_VALUE && relay.switches(Math.max(now, relay.due()))) {
        switches++;
      }
      assertThat(relay.isOn()).as("%s", campaign).isEqualTo(wanted);
      assertThat(relay.switches()).as("%s", campaign).isEqualTo(switches);
    }
  }
}

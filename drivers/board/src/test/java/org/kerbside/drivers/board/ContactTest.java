package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;

/** Bounces are no changes, and what flaps is told. Times are in milliseconds here. */
class ContactTest {

  private static final long MILLI = 1_000_000;
  private static final int DEBOUNCE = 50;
  private static final int WITHIN = 600_000;

  private final Contact contact = contact();

  @Test
  void aLevelCountsOnceItHasStayed() {
    found(Level.HIGH, 0);
    hears(Level.LOW, 1000);
    assertThat(at(1049)).isEqualTo(Level.HIGH);
    assertThat(at(1050)).isEqualTo(Level.LOW);
  }

  @Test
  void aGlitchIsNoChangeHoweverOftenItComes() {
    found(Level.HIGH, 0);
    for (int glitch = 1000; glitch < 100_000; glitch += 1000) {
      hears(Level.LOW, glitch);
      hears(Level.HIGH, glitch + 20);
      assertThat(at(glitch + 500)).isEqualTo(Level.HIGH);
    }
    assertThat(contact.isFlapping()).isFalse();
  }

  /** A filter that waits for quiet would wait for ever. */
  @Test
  void chatterThatNeverRestsIsTold() {
    found(Level.HIGH, 0);
    var level = Level.LOW;
    for (int edge = 1000; edge <= 2000; edge += 20) {
      hears(level, edge);
      contact.settles(edge * MILLI);
      assertThat(contact.isFlapping()).as("at %d ms", edge).isEqualTo(edge >= 2000);
      level = level.other();
    }
    assertThat(at(2000 + WITHIN - 1)).isEqualTo(Level.LOW);
    assertThat(contact.isFlapping()).isTrue();
    at(2000 + WITHIN + DEBOUNCE);
    assertThat(contact.isFlapping()).isFalse();
  }

  @Test
  void twentyChangesInTenMinutesAreGoodAndOneMoreIsFlapping() {
    found(Level.HIGH, 0);
    var level = Level.LOW;
    for (int change = 1; change <= 21; change++) {
      hears(level, change * 1000L);
      at(change * 1000 + 500);
      assertThat(contact.isFlapping()).as("change %d", change).isEqualTo(change > 20);
      level = level.other();
    }
    // The first of the newest 21 was taken for one at 1050.
    at(1050 + WITHIN - 1);
    assertThat(contact.isFlapping()).isTrue();
    at(1050 + WITHIN);
    assertThat(contact.isFlapping()).isFalse();
  }

  /** Against the plainest filter that there can be, asked each millisecond. */
  @Test
  @Tag("debounce")
  void isWhatTheLineWasForSoLongWheneverItIsAsked() {
    var campaign = Campaign.of("debounce", 300);
    var chance = campaign.chance();
    for (int round = 0; round < campaign.n(); round++) {
      var line = line(chance);
      var treatment = new Contact.Treatment(DEBOUNCE * MILLI, 1_000_000, WITHIN * MILLI);
      var played = new Contact(treatment);
      int next = 0;
      @Nullable Level expected = null;
      for (int now = 0; now < 2000; now++) {
        while (next < line.size() && line.get(next) == now) {
          played.hears(next % 2 == 0 ? Level.HIGH : Level.LOW, now * MILLI);
          next++;
        }
        long since = next == 0 ? now : line.get(next - 1);
        if (next > 0 && now - since >= DEBOUNCE) {
          expected = next % 2 == 1 ? Level.HIGH : Level.LOW;
        }
        // Asked when it says that it is due, and else at whim.
        if (played.due() <= now * MILLI || chance.nextInt(10) == 0) {
          played.settles(now * MILLI);
        }
        assertThat(played.level())
            .as("%s, round %d, %d ms", campaign, round, now)
            .isEqualTo(expected);
      }
    }
  }

  /** Edges at these times, the first to high: bouts of bounces between rests. */
  private static List<Integer> line(Random chance) {
    var edges = new ArrayList<Integer>();
    int time = chance.nextInt(50);
    while (time < 2000) {
      edges.add(time);
      time += 1 + chance.nextInt(chance.nextInt(4) == 0 ? 200 : 20);
    }
    return edges;
  }

  private static Contact contact() {
    return new Contact(new Contact.Treatment(DEBOUNCE * MILLI, 20, WITHIN * MILLI));
  }

  private void found(Level level, long time) {
    contact.hears(level, time * MILLI);
    contact.settles((time + DEBOUNCE) * MILLI);
  }

  private void hears(Level level, long time) {
    contact.hears(level, time * MILLI);
  }

  private @Nullable Level at(long time) {
    contact.settles(time * MILLI);
    return contact.level();
  }
}

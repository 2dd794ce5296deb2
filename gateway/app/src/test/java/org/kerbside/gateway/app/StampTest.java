package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.app.Street.ASSET;
import static org.kerbside.gateway.app.Street.DISTANCE;
import static org.kerbside.gateway.app.Street.NOON;
import static org.kerbside.gateway.app.Street.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Unit;

class StampTest {

  private static final Device DEVICE =
      new Device(
          "field",
          "a1",
          new Text("field/a1", Mark.of("site.yaml", "field/a1"), Text.Style.PLAIN),
          ASSET,
          null);

  private final Recent recent = new Recent(key -> false);
  private final Stamp stamp = new Stamp(new Silence(List.of(DEVICE)), recent, new Reports());
  private final List<Reading> readings = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private Moment now = START;

  @Test
  void aSampleGetsItsPointAndItsMoment() {
    said(Sending.FIRST, distance(1, null));

    assertThat(readings).singleElement().extracting(Reading::point).isEqualTo(DISTANCE);
    assertThat(readings.getFirst().at()).isEqualTo(START);
  }

  @Test
  void anUnknownNameCostsThatRecordOnlyAndIsReported() {
    said(Sending.FIRST, Sample.of("distnace", 1, Unit.METRE), distance(1, null));

    assertThat(readings).hasSize(1);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            Event.Health.class,
            health -> {
              assertThat(health.subject()).isEqualTo("field/a1");
              assertThat(health.detail().getFirst()).contains("'distnace' is no point of a1");
            });
  }

  @Test
  void anUnknownDeviceIsReportedOnceInTenMinutes() {
    for (int i = 0; i < 1_000; i++) {
      stamp.on("field", Delivery.of("a9", List.of()), now, readings, events);
    }
    assertThat(events).hasSize(1);
    now = now.plus(Reports.PACE);
    stamp.on("field", Delivery.of("a9", List.of()), now, readings, events);

    assertThat(events).hasSize(2);
    assertThat(((Event.Health) events.getLast()).detail()).contains("999 more since");
  }

  @Test
  void aMessageIsKnownByItsKeyWhileItIsWithTheWriterAndNotForEver() {
    recent.note(List.of("peer#7#a0"), now);
    assertThat(recent.knows("peer#7#a0", now)).isTrue();
    assertThat(recent.knows("peer#8#a0", now)).isFalse();
    assertThat(recent.knows("peer#7#a0", now.plus(Duration.ofSeconds(247)))).isFalse();
  }

  @Test
  void aRepeatedReadingWithItsOwnTimeIsDropped() {
    said(Sending.FIRST, distance(1, START));
    keep();
    said(Sending.AGAIN, distance(1, START));
    assertThat(readings).isEmpty();
  }

  @Test
  void aRepeatInTheSameTurnIsDroppedToo() {
    said(Sending.FIRST, distance(1, START));
    said(Sending.AGAIN, distance(1, START));
    assertThat(readings).hasSize(1);
  }

  @Test
  void twoDifferentMessagesWithTheSameTimeAreTwoReadings() {
    said(Sending.FIRST, distance(1, START));
    keep();
    said(Sending.FIRST, distance(1, START));
    assertThat(readings).hasSize(1);
  }

  @Test
  void anotherValueOrTimeIsNoRepeat() {
    said(Sending.FIRST, distance(1, START));
    keep();
    said(Sending.AGAIN, distance(2, START), distance(1, START.plus(Duration.ofMillis(1))));
    assertThat(readings).hasSize(2);
  }

  @Test
  void withoutATimeOfItsOwnNothingIsDropped() {
    said(Sending.FIRST, distance(1, null));
    keep();
    said(Sending.AGAIN, distance(1, null));
    assertThat(readings).hasSize(1);
  }

  @Test
  void aRepeatIsKnownThoughOurOwnClockJumpedBetween() {
    said(Sending.FIRST, distance(1, START));
    keep();
    now = new Moment(NOON.minus(Duration.ofDays(3_652)), now.clock(), now.sinceBoot());
    said(Sending.AGAIN, distance(1, START));
    assertThat(readings).isEmpty();
  }

  @Test
  void aRepeatIsKnownThoughOurOwnClockWasUnknownBefore() {
    now = new Moment(Instant.EPOCH, ClockQuality.NONE, now.sinceBoot());
    said(Sending.FIRST, distance(1, START));
    keep();
    now = START.plus(Duration.ofSeconds(5));
    said(Sending.AGAIN, distance(1, START));
    assertThat(readings).isEmpty();
  }

  @Test
  void afterTenMinutesNothingIsARepeat() {
    said(Sending.FIRST, distance(1, START));
    keep();
    now = now.plus(Recent.AGE.plusMillis(1));
    said(Sending.AGAIN, distance(1, START));
    assertThat(readings).hasSize(1);
  }

  @Test
  void theRingKeepsAWholeReceiveWindow() {
    for (int i = 0; i < Recent.MOST; i++) {
      said(Sending.FIRST, distance(i % 8, START.at(NOON.minusMillis(i))));
      keep();
    }
    said(Sending.AGAIN, distance(0, START.at(NOON)));
    assertThat(readings).isEmpty();
  }

  private void said(Sending sending, Sample... samples) {
    var delivery = new Delivery("a1", List.of(samples), List.of(), Receipt.NONE, sending, null);
    stamp.on("field", delivery, now, readings, events);
  }

  private void keep() {
    readings.forEach(reading -> recent.note(reading, now));
    readings.clear();
  }

  private static Sample distance(double metres, @Nullable Moment at) {
    return Sample.of("distance", metres, Unit.METRE).at(at == null ? null : at.wall());
  }
}

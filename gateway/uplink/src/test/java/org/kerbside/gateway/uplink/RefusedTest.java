package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Stream;

/** Frames that the broker will not have: they hold nothing up, and never vanish silently. */
class RefusedTest {

  private static final Deadlines SOON =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofSeconds(3));

  private final Street street = new Street();

  @ParameterizedTest
  @Execution(CONCURRENT)
  @ValueSource(ints = {0x87, 0x97, 0x99})
  void aFrameThatIsAlwaysRefusedIsSetAsideWithAGap(int code) throws Exception {
    try (var peer = new Peer(code, Peer.Manner.ANSWERS, text -> text.contains("poison"));
        var uplink = street.uplink(peer.port(), SOON)) {
      street.outbox.commit(Stream.READINGS, 3);
      street.outbox.commit(Stream.READINGS, "poison");
      street.outbox.commit(Stream.READINGS, 3);
      uplink.start();
      // What comes after it does not wait for it; alarms least of all.
      Await.until(() -> peer.taken("h").size() == 6, () -> peer.taken("h").toString());
      street.outbox.commit(Stream.EVENTS);
      Await.until(() -> peer.taken("e").size() == 1, () -> peer.taken("e").toString());
      Await.until(
          () -> street.outbox.waiting(Stream.READINGS) == 1, () -> uplink.view().toString());
      assertThat(street.gaps).isEmpty();

      Await.until(() -> !street.gaps.isEmpty(), () -> peer.refused().toString());
      assertThat(street.gaps)
          .allMatch(gap -> gap.of() == Stream.READINGS && gap.from() == 4 && gap.to() == 4)
          .extracting(Event.Gap::reason)
          .contains("refused");
      Await.until(
          () -> street.outbox.waiting(Stream.READINGS) == 0, () -> uplink.view().toString());
      assertThat(peer.refused()).hasSizeGreaterThanOrEqualTo(Suspects.GIVEN_UP);
      assertThat(street.health).extracting(Event.Health::what).contains("frame-refused");
    }
  }

  /** Then it is not the frame: a broker that forbids a topic loses nothing of it, however long. */
  @Test
  @Execution(CONCURRENT)
  void whenAllOfATopicIsRefusedNothingIsSetAside() throws Exception {
    try (var peer = new Peer(0x87, Peer.Manner.ANSWERS, text -> text.contains("\"d\""));
        var uplink = street.uplink(peer.port(), SOON)) {
      street.outbox.commit(Stream.READINGS, 5);
      uplink.start();
      Await.until(
          () ->
              peer.refused().stream().filter(t -> t.text().contains(":1}")).count()
                  >= Suspects.GIVEN_UP,
          () -> peer.refused().toString());
      street.outbox.commit(Stream.EVENTS);
      Await.until(() -> peer.taken("e").size() == 1, () -> peer.taken("e").toString());
      assertThat(street.gaps).isEmpty();
      assertThat(street.outbox.waiting(Stream.READINGS)).isEqualTo(5);
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aFrameAboveTheBrokersLimitIsNeverSentAndSetAsideWithAGap() throws Exception {
    try (var broker = Broker.start("max_packet_size 2000");
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(broker.port(), SOON)) {
      street.outbox.commit(Stream.READINGS, 2);
      street.outbox.commit(Stream.READINGS, "x".repeat(2000));
      street.outbox.commit(Stream.READINGS, 2);
      uplink.start();

      city.await(all -> city.on("h").size() == 4);
      Await.until(() -> !street.gaps.isEmpty(), () -> uplink.view().toString());
      assertThat(street.gaps.getFirst().from()).isEqualTo(3);
      assertThat(street.gaps.getFirst().reason()).isEqualTo("refused");
      Await.until(
          () -> street.outbox.waiting(Stream.READINGS) == 0, () -> uplink.view().toString());
      assertThat(city.on("state")).as("one connection served").hasSize(1);
    }
  }

  /** As brokers do that have a limit and do not say so. */
  @Test
  @Execution(CONCURRENT)
  void theLargestIsBlamedWhenTheBrokerHangsUpOverAPacket() throws Exception {
    try (var peer = new Peer(0x95, Peer.Manner.HANGS_UP, text -> text.length() > 1000);
        var uplink = street.uplink(peer.port(), SOON)) {
      street.outbox.commit(Stream.READINGS, 2);
      street.outbox.commit(Stream.READINGS, "x".repeat(2000));
      street.outbox.commit(Stream.READINGS, 2);
      uplink.start();

      Await.until(() -> peer.taken("h").size() >= 4, () -> peer.taken("h").toString());
      Await.until(() -> !street.gaps.isEmpty(), () -> uplink.view().toString());
      assertThat(street.gaps.getFirst().from()).isEqualTo(3);
      Await.until(
          () -> street.outbox.waiting(Stream.READINGS) == 0, () -> uplink.view().toString());
    }
  }
}

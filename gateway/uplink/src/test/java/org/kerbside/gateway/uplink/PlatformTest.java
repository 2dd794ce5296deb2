package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.kerbside.drivers.testkit.Relay;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;

/** The platform's word frees frames, the broker's does not: against a real mosquitto. */
@Execution(CONCURRENT)
class PlatformTest {

  private static final Deadlines PATIENT = deadlines(Duration.ofMinutes(2));

  private static final String ACK = Street.PREFIX + "ack";

  private final Street street = new Street();

  @Test
  void whatTheBrokerHasStaysUntilTheWatermarkAndDoesNotGoAgain() throws Exception {
    try (var broker = Broker.start();
        var cable = Relay.to(broker.port());
        var city = broker.listen("kerbside/#");
        var uplink = street.patient(cable.port(), PATIENT)) {
      uplink.start();
      assertThat(city.awaitOn("state").text()).contains("\"ack\":\"platform\"");
      assertThat(city.awaitOn("desc").text()).contains("\"ack\":\"platform\"");
      city.awaitOn("desc"); // what is committed from now on is live
      street.outbox.commit(Stream.READINGS, 10);
      city.await(all -> city.on("d").size() == 10);
      Await.until(() -> uplink.view().sent() == 10, () -> uplink.view().toString());
      assertThat(uplink.view().waiting()).isEqualTo(10);

      cable.hangUp();
      street.outbox.commit(Stream.READINGS, 1);
      // The newest that the broker had goes once more, as a question; the rest does not.
      city.await(all -> seqs(city).contains(11L) && seqs(city).size() >= 12);
      assertThat(seqs(city))
          .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 10L, 11L);

      say(broker, "d", 8, "");
      Await.until(() -> uplink.view().waiting() == 3, () -> uplink.view().toString());
      say(broker, "d", 11, "");
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      assertThat(seqs(city)).hasSize(12);
    }
  }

  @Test
  void whatIsNeededGoesAgainAsBacklogAndTheSameBytes() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.patient(broker.port(), PATIENT)) {
      uplink.start();
      city.awaitOn("desc"); // what is committed from now on is live
      street.outbox.commit(Stream.READINGS, 40);
      street.outbox.commit(Stream.EVENTS, 5);
      city.await(all -> city.on("d").size() == 40 && city.on("e").size() == 5);
      Await.until(() -> uplink.view().sent() == 45, () -> uplink.view().toString());

      say(broker, "d", 30, "[11,13],[29,29],[35,36]");
      city.await(all -> city.on("h").size() == 6);
      assertThat(city.on("h").stream().map(Listener.Heard::seq))
          .containsExactly(11L, 12L, 13L, 29L, 35L, 36L);
      assertThat(city.on("h").getFirst().text()).isEqualTo(city.on("d").get(10).text());
      assertThat(street.outbox.waiting(Stream.READINGS)).isEqualTo(4 + 10);

      say(broker, "e", 0, "[2,3]");
      city.await(all -> city.on("e").size() == 7);
      assertThat(city.on("e").subList(5, 7).stream().map(Listener.Heard::seq))
          .containsExactly(2L, 3L);
    }
  }

  @Test
  void whatIsNotThereAnyMoreIsToldAsAGapOnce() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.patient(broker.port(), PATIENT)) {
      street.outbox.commit(Stream.READINGS, 20);
      street.outbox.drop(Stream.READINGS, 1, 4);
      street.outbox.drop(Stream.READINGS, 7, 8);
      uplink.start();
      city.await(all -> city.on("h").size() == 14);

      say(broker, "d", 0, "[1,9]");
      city.await(all -> city.on("h").size() == 17);
      say(broker, "d", 0, "[1,3],[19,19]");
      city.await(all -> city.on("h").size() == 18);
      assertThat(street.gaps)
          .extracting(gap -> List.of(gap.from(), gap.to(), gap.reason()))
          .containsExactly(List.of(1L, 4L, "quota"), List.of(7L, 8L, "quota"));
      assertThat(street.gaps).extracting(Event.Gap::of).containsOnly(Stream.READINGS);
    }
  }

  /** Thinned while the platform thought: two of eight stand for all, and what has gone is told. */
  @Test
  void whatWasThinnedSinceItWasSentGoesAgainWithTheGapsBetween() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.patient(broker.port(), PATIENT)) {
      uplink.start();
      city.awaitOn("desc"); // what is committed from now on is live
      street.outbox.commit(Stream.READINGS, 12);
      city.await(all -> city.on("d").size() == 12);
      Await.until(() -> uplink.view().sent() == 12, () -> uplink.view().toString());
      assertThat(street.outbox.waiting(Stream.READINGS)).as("PUBACK frees nothing").isEqualTo(12);
      street.outbox.drop(Stream.READINGS, 1, 3);
      street.outbox.drop(Stream.READINGS, 5, 7);

      say(broker, "d", 0, "[1,8]");
      city.await(all -> city.on("h").size() == 2);
      assertThat(city.on("h").stream().map(Listener.Heard::seq)).containsExactly(4L, 8L);
      Await.until(() -> street.gaps.size() == 2, street.gaps::toString);
      assertThat(street.gaps)
          .extracting(gap -> List.of(gap.from(), gap.to()))
          .containsExactly(List.of(1L, 3L), List.of(5L, 7L));
      say(broker, "d", 12, "");
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
    }
  }

  @Test
  void believesNoWatermarkOfAnotherEpochOrOfWhatWasNeverSent() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.patient(broker.port(), PATIENT)) {
      uplink.start();
      city.awaitOn("desc"); // what is committed from now on is live
      street.outbox.commit(Stream.READINGS, 3);
      city.await(all -> city.on("d").size() == 3);

      broker.publish(ACK, "{\"stream\":\"d\",\"epoch\":\"01OTHER000\",\"seq\":3}");
      say(broker, "d", 4, "");
      broker.publish(ACK, "{\"stream\":\"d\",\"epoch\":\"01K4Z6R0YH\",\"seq\":3,\"need\":[[3,1]]}");
      broker.publish(ACK, "{\"stream\":\"d\",\"epoch\":\"01K4Z6R0YH\",\"seq\":3}", "-r");
      Await.until(() -> street.health.size() >= 3, street.health::toString);
      say(broker, "d", 1, "");
      Await.until(() -> uplink.view().waiting() == 2, street.health::toString);
      assertThat(street.health)
          .extracting(Event.Health::what)
          .contains("watermark-refused", "malformed");
    }
  }

  /** Events go again at once, for nobody would miss the newest; the rest waits to be asked for. */
  @Test
  void aBrokerThatDiesWithWhatItHadIsAskedToTakeItAgain() throws Exception {
    try (var broker = Broker.start();
        var cable = Relay.to(broker.port());
        var uplink = street.patient(cable.port(), PATIENT)) {
      var before = broker.listen("kerbside/#");
      uplink.start();
      before.awaitOn("desc"); // what is committed from now on is live
      street.outbox.commit(Stream.READINGS, 20);
      street.outbox.commit(Stream.EVENTS, 2);
      before.await(all -> before.on("d").size() == 20 && before.on("e").size() == 2);
      Await.until(() -> uplink.view().sent() == 22, () -> uplink.view().toString());
      broker.kill();
      cable.cut();
      Await.until(
          () -> uplink.view().state() != UplinkView.State.CONNECTED,
          () -> uplink.view().toString());
      broker.restart();
      var after = broker.listen("kerbside/#");
      cable.mend();
      after.await(all -> after.on("e").size() == 2 && after.on("h").size() == 1);
      assertThat(after.on("h").getFirst().seq()).isEqualTo(20);

      say(broker, "d", 5, "[6,19]");
      after.await(all -> after.on("h").size() == 15);
      assertThat(after.on("h").stream().skip(1).map(Listener.Heard::seq))
          .isEqualTo(street.numbers(6, 19));
    }
  }

  @Test
  void asksWithItsNewestFrameWhenNoWatermarkComes() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.patient(broker.port(), deadlines(Duration.ofSeconds(1)))) {
      uplink.start();
      city.awaitOn("desc"); // what is committed from now on is live
      street.outbox.commit(Stream.READINGS, 3);
      city.await(all -> city.on("h").size() == 2);
      assertThat(city.on("h").stream().map(Listener.Heard::seq)).containsOnly(3L);
      assertThat(Objects.toString(uplink.view().trouble())).contains("no watermark");
      assertThat(street.health).extracting(Event.Health::what).contains("no-watermark");
      say(broker, "d", 3, "");
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      assertThat(uplink.view().trouble()).isNull();
    }
  }

  /** The broker has no subscriber: it acknowledged and threw away. */
  @Test
  void whatNobodyHeardGoesAgainOnceSomebodyListens() throws Exception {
    try (var broker = Broker.start();
        var uplink = street.patient(broker.port(), PATIENT)) {
      uplink.start();
      awaitConnected(uplink);
      street.outbox.commit(Stream.READINGS, 5);
      Await.until(() -> uplink.view().sent() == 5, () -> uplink.view().toString());
      say(broker, "d", 0, ""); // of long ago: it must not put the question off
      var city = broker.listen("kerbside/1/+/+/h");
      city.await(all -> Set.copyOf(seqs(city)).equals(Set.copyOf(street.numbers(1, 5))));
    }
  }

  private static Deadlines deadlines(Duration watermark) {
    return new Deadlines(
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ZERO,
        watermark,
        Duration.ofMinutes(10));
  }

  private static void say(Broker broker, String stream, long seq, String need) throws Exception {
    broker.publish(
        ACK,
        "{\"stream\":\"%s\",\"epoch\":\"01K4Z6R0YH\",\"seq\":%d,\"need\":[%s]}"
            .formatted(stream, seq, need));
  }

  private static void awaitConnected(Uplink uplink) {
    Await.until(
        () -> uplink.view().state() == UplinkView.State.CONNECTED, () -> uplink.view().toString());
  }

  private static List<Long> seqs(Listener city) {
    return city.all().stream()
        .filter(heard -> heard.users().contains("seq:"))
        .map(Listener.Heard::seq)
        .toList();
  }
}

package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Stream;

/** Brokers that behave as none should, each by name; the next one that behaves gets everything. */
@Timeout(120)
@Isolated
class OddBrokerTest {

  private static final Deadlines HASTY = hasty(Duration.ofMillis(1500));

  private final Street street = new Street();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /** Bytes at random in the place of CONNACK, or behind it. */
  @Test
  @Tag("garbage")
  @Timeout(7200)
  void garbageEndsAConnectionAndNothingElse() throws Exception {
    var campaign = Campaign.of("garbage", 8);
    var chance = campaign.chance();
    street.chance = () -> 0; // no pauses
    plays(
        campaign.n(),
        (talk, call) -> {
          if (call % 2 == 0) {
            talk.welcome();
          } else {
            talk.next();
          }
          var garbage = new byte[1 + chance.nextInt(2000)];
          chance.nextBytes(garbage);
          talk.say(garbage);
          drain(talk);
        },
        uplink -> {});
  }

  @Test
  void aLengthThatNobodySendsIsRefusedAndSaid() throws Exception {
    plays(
        1,
        (talk, call) -> {
          talk.welcome();
          talk.say(0x30, 0xFF, 0xFF, 0xFF, 0x7F);
          drain(talk);
        },
        uplink -> says(uplink, "a packet of 268435455 bytes"));
  }

  @Test
  void aPortalInTheWayIsToldByItsOwnWords() throws Exception {
    plays(
        1,
        (talk, call) -> {
          talk.next();
          talk.say(
              "HTTP/1.1 302 Found\r\nLocation: http://pay.example/\r\n\r\n".getBytes(US_ASCII));
          drain(talk);
        },
        uplink -> says(uplink, "no broker: it answers 'HTTP/1.1 302 Found'"));
  }

  @ParameterizedTest
  @CsvSource({
    "0x86, Bad User Name",
    "0x87, ot authorized",
    "0x88, unavailable",
    "0x89, busy",
    "0x9F, rate"
  })
  void aRefusalIsSaidAndTriedAgain(int code, String words) throws Exception {
    plays(
        1,
        (talk, call) -> {
          talk.next();
          talk.connack(code);
        },
        uplink -> says(uplink, words));
  }

  @Test
  void aDisconnectSaysItsReason() throws Exception {
    plays(
        1,
        (talk, call) -> {
          talk.welcome();
          talk.disconnect(0x8B);
        },
        uplink -> says(uplink, "the broker disconnects: 0x8B"));
  }

  /** Two gateways of one name: told once, and both would slow down. */
  @Test
  void aTwinIsToldOfOnce() throws Exception {
    street.chance = () -> 0;
    plays(
        3,
        (talk, call) -> {
          talk.welcome();
          talk.disconnect(0x8E);
        },
        uplink -> says(uplink, "another client has taken our session"));
    assertThat(street.health)
        .extracting(Event.Health::what)
        .filteredOn("session-taken-over"::equals)
        .hasSize(1);
  }

  /** A certificate that is renewed while the broker is slow to take us in counts all the same. */
  @Test
  void whatIsRenewedWhileCallingIsShown() throws Exception {
    street.chance = () -> 0;
    var called = new CountDownLatch(1);
    var renewed = new CountDownLatch(1);
    try (var peer =
            new Script(
                (talk, call) -> {
                  talk.next();
                  called.countDown();
                  renewed.await();
                  talk.connack(0);
                  while (true) {
                    talk.answer(talk.next());
                  }
                });
        var uplink = street.uplink(peer.port(), Deadlines.USUAL)) {
      uplink.start();
      called.await();
      uplink.renew();
      renewed.countDown();
      Await.until(() -> peer.calls() == 2, () -> uplink.view().toString());
    }
  }

  /** Frames flow meanwhile, and the gateway does not stay deaf. */
  @Test
  void aRefusedSubscriptionIsAskedForAgain() throws Exception {
    var asked = new AtomicInteger();
    try (var peer =
            new Script(
                (talk, call) -> {
                  talk.welcome();
                  while (true) {
                    var packet = talk.next();
                    if (packet.type() == Talk.SUBSCRIBE && asked.incrementAndGet() == 1) {
                      talk.suback(packet, 0x87);
                    } else {
                      talk.answer(packet);
                    }
                  }
                });
        var uplink = street.uplink(peer.port(), HASTY)) {
      uplink.start();
      street.outbox.commit(Stream.READINGS, 5);
      says(uplink, "refuses the subscription: 0x87");
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      Await.until(() -> uplink.view().trouble() == null, () -> uplink.view().toString());
      assertThat(asked).hasValue(2);
      assertThat(peer.calls()).isEqualTo(1);
    }
  }

  /** What is acknowledged and was never sent frees nothing. */
  @Test
  void anAcknowledgementOfNothingFreesNothing() throws Exception {
    plays(
        2,
        (talk, call) -> {
          talk.welcome();
          talk.say(0x40, 2, 0x7F, 0x7F);
          talk.say(0x40, 2, 1, 1); // ours go up from 1, and are no two hundred
          drain(talk);
        },
        uplink -> {});
  }

  /** An alias means something on its own connection alone. */
  @Test
  void aliasesAreUsedAndNeverOutliveTheirConnection() throws Exception {
    var topics = new CopyOnWriteArrayList<String>();
    var used = new AtomicInteger();
    var offered = new AtomicInteger();
    street.chance = () -> 0;
    plays(
        4,
        (talk, call) -> {
          offered.addAndGet(Talk.aliasMaximum(talk.next()));
          talk.connack(0, Talk.TOPIC_ALIAS_MAXIMUM, 0, 10);
          for (int taken = 0; taken < 8; ) {
            var packet = talk.next();
            if (packet.type() == Talk.PUBLISH) {
              var published = talk.published(packet);
              topics.add(talk.topic(published));
              used.addAndGet(published.topic().isEmpty() ? 1 : 0);
              taken++;
            } else {
              talk.answer(packet);
            }
          }
        },
        uplink -> {});
    assertThat(used.get()).as("publishes by alias alone").isPositive();
    assertThat(topics).allMatch(topic -> topic.startsWith(Street.PREFIX));
    assertThat(offered).as("we take none ourselves").hasValue(0);
  }

  @Test
  void aWindowOfOneIsKept() throws Exception {
    var tooMany = new AtomicInteger();
    plays(
        0,
        (talk, call) -> {
          talk.welcome(Talk.RECEIVE_MAXIMUM, 0, 1);
          while (true) {
            var packet = talk.next();
            if (packet.type() == Talk.PUBLISH) {
              LockSupport.parkNanos(10_000_000);
              while (talk.isMore()) {
                var next = talk.next();
                tooMany.addAndGet(next.type() == Talk.PUBLISH ? 1 : 0);
                keep(talk, next);
              }
            }
            keep(talk, packet);
          }
        },
        uplink -> {});
    assertThat(tooMany).hasValue(0);
  }

  /** Slow is not dead. */
  @Test
  void oneByteAtATimeIsEnough() throws Exception {
    plays(
        0,
        (talk, call) -> {
          talk.dribble(Duration.ofMillis(3));
          talk.welcome();
          while (true) {
            keep(talk, talk.next());
          }
        },
        uplink -> {});
  }

  /** Our writer stands in the middle of a packet; the deadline is not its business. */
  @Test
  void aBrokerThatReadsNoMoreIsLeftAndHoldsNoThread() throws Exception {
    street.chance = () -> 0;
    var large = "x".repeat(100_000);
    for (int i = 0; i < 40; i++) {
      street.outbox.commit(Stream.READINGS, large);
    }
    var over = new CountDownLatch(1);
    plays(
        3,
        (talk, call) -> {
          talk.welcome();
          over.await();
        },
        uplink -> says(uplink, "no acknowledgement"));
    over.countDown();
    Await.until(() -> threads().isEmpty(), () -> "threads " + threads());
  }

  @Test
  @Tag("long")
  void noAnswerToConnectIsWaitedForThirtySeconds() throws Exception {
    try (var peer = new Script((talk, call) -> drain(talk));
        var uplink = street.uplink(peer.port(), Deadlines.USUAL)) {
      uplink.start();
      long started = System.nanoTime();
      Await.until(
          () -> Objects.toString(uplink.view().trouble()).contains("no answer to CONNECT"),
          Duration.ofSeconds(60),
          () -> uplink.view().toString());
      assertThat(Duration.ofNanos(System.nanoTime() - started))
          .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(40));
    }
  }

  private interface Check {
    void of(Uplink uplink);
  }

  /** At least so many connections go as scripted, or all when it is none; the next are served. */
  private void plays(int odd, Script.Part part, Check check) throws Exception {
    var going = new CountDownLatch(1);
    try (var peer =
            new Script(
                (talk, call) -> {
                  if (odd == 0 || call <= odd || going.getCount() > 0) {
                    part.play(talk, call);
                  } else {
                    talk.welcome();
                    while (true) {
                      keep(talk, talk.next());
                    }
                  }
                });
        var uplink = street.uplink(peer.port(), HASTY)) {
      street.outbox.commit(Stream.READINGS, 20);
      uplink.start();
      check.of(uplink);
      going.countDown();
      Await.until(
          () -> uplink.view().waiting() == 0,
          Duration.ofSeconds(60 + 3L * odd),
          () -> uplink.view().toString());
      assertThat(taken).containsAll(street.outbox.all(Stream.READINGS));
    }
  }

  /** Answers, and keeps what it acknowledges. */
  private void keep(Talk talk, Talk.Packet packet) throws IOException {
    if (packet.type() == Talk.PUBLISH) {
      taken.add(talk.published(packet).text());
    }
    talk.answer(packet);
  }

  private static void drain(Talk talk) throws IOException {
    while (true) {
      talk.next();
    }
  }

  private static void says(Uplink uplink, String words) {
    Await.until(
        () -> Objects.toString(uplink.view().trouble()).contains(words),
        () -> uplink.view().toString());
  }

  private static List<String> threads() {
    return Threads.named("MQTT");
  }

  private static Deadlines hasty(Duration connack) {
    return new Deadlines(
        connack,
        Duration.ofMillis(800),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ZERO,
        Duration.ofMinutes(2),
        Duration.ofMinutes(10));
  }
}

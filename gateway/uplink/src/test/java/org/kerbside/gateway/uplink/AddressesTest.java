package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Relay;
import org.kerbside.gateway.model.Stream;

/** Name servers that die, and addresses that lead nowhere. */
class AddressesTest {

  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final InetAddress FOUR = address("192.0.2.4");
  private static final InetAddress SIX = address("2001:db8::6");

  private final Street street = new Street();

  @Test
  void theOneThatWorkedComesFirstAndEachAttemptAfterThatBeginsWithTheNext() throws Exception {
    var addresses = new Addresses(host -> new InetAddress[] {FOUR, SIX});
    assertThat(addresses.of("city", LONG)).containsExactly(FOUR, SIX);
    assertThat(addresses.of("city", LONG)).containsExactly(SIX, FOUR);
    assertThat(addresses.of("city", LONG)).containsExactly(FOUR, SIX);
    addresses.worked(SIX);
    assertThat(addresses.of("city", LONG)).containsExactly(SIX, FOUR);
    assertThat(addresses.of("city", LONG)).containsExactly(FOUR, SIX);
  }

  @Test
  void whatWasFoundOnceOutlivesTheNameServer() throws Exception {
    var calls = new AtomicInteger();
    var addresses =
        new Addresses(
            host -> {
              if (calls.incrementAndGet() > 1) {
                throw new UnknownHostException(host);
              }
              return new InetAddress[] {FOUR};
            });
    assertThat(addresses.of("city", LONG)).containsExactly(FOUR);
    assertThat(addresses.of("city", LONG)).containsExactly(FOUR);
    assertThat(calls).hasValue(2);
  }

  @Test
  void aNameThatWasNeverFoundIsNamed() {
    var addresses =
        new Addresses(
            host -> {
              throw new UnknownHostException(host);
            });
    assertThatIOException()
        .isThrownBy(() -> addresses.of("mq.city.example", LONG))
        .withMessage("mq.city.example: the name is unknown");
  }

  /** As a name server does that is not reached: its client waits for half a minute. */
  @Test
  void aLookUpThatHangsIsNotWaitedForAndNotBegunTwice() throws Exception {
    var calls = new AtomicInteger();
    var hangs = new CountDownLatch(1);
    var addresses =
        new Addresses(
            host -> {
              if (calls.incrementAndGet() == 2) {
                await(hangs);
              }
              return new InetAddress[] {calls.get() == 1 ? FOUR : SIX};
            });
    assertThat(addresses.of("city", LONG)).containsExactly(FOUR);
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(addresses.of("city", SOON)).containsExactly(FOUR);
    }
    assertThat(calls).hasValue(2);
    hangs.countDown();
    assertThat(addresses.of("city", LONG))
        .as("what it says in the end counts")
        .containsExactly(SIX);
  }

  /** Nothing listens at the first, the second swallows every call, the third is the broker. */
  @Test
  void allAddressesOfANameAreTriedWithinTheDeadline() throws Exception {
    try (var peer = new Peer(0, Peer.Manner.ANSWERS, text -> false);
        var hole = new Hole(peer.port())) {
      street.names =
          host -> new InetAddress[] {address("::1"), hole.address(), address("127.0.0.1")};
      var link = Street.link("mqtt", "mq.city.example", peer.port());
      try (var uplink = street.uplink(link, deadlines(Duration.ofSeconds(4)))) {
        street.outbox.commit(Stream.READINGS, 3);
        uplink.start();
        Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      }
    }
  }

  @Test
  void aLinkThatDropsWithItsNameServerComesBack() throws Exception {
    try (var peer = new Peer(0, Peer.Manner.ANSWERS, text -> false);
        var cable = Relay.to(peer.port())) {
      var calls = new AtomicInteger();
      street.names =
          host -> {
            if (calls.incrementAndGet() > 1) {
              throw new UnknownHostException(host);
            }
            return new InetAddress[] {address("127.0.0.1")};
          };
      var link = Street.link("mqtt", "mq.city.example", cable.port());
      try (var uplink = street.uplink(link, deadlines(Duration.ofSeconds(30)))) {
        uplink.start();
        street.outbox.commit(Stream.READINGS, 3);
        Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
        cable.hangUp();
        street.outbox.commit(Stream.READINGS, 3);
        Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
        assertThat(calls.get()).isGreaterThan(1);
        assertThat(Objects.toString(uplink.view().trouble())).doesNotContain("unknown");
      }
    }
  }

  private static Deadlines deadlines(Duration connack) {
    var usual = Deadlines.USUAL;
    return new Deadlines(
        connack,
        usual.progress(),
        usual.keepAlive(),
        usual.farewell(),
        Duration.ZERO,
        usual.watermark(),
        usual.refused());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException cause) {
      throw new IllegalArgumentException(cause);
    }
  }

  /** Takes no call and refuses none: its queue is full. */
  private static final class Hole implements AutoCloseable {

    private final ServerSocket server;
    private final ArrayList<Socket> queue = new ArrayList<>();

    Hole(int port) throws Exception {
      server = new ServerSocket(port, 1, AddressesTest.address("127.0.0.2"));
      for (int i = 0; i < 4; i++) {
        var caller = new Socket();
        queue.add(caller);
        try {
          caller.connect(new InetSocketAddress(address(), port), 100);
        } catch (java.io.IOException full) {
          return;
        }
      }
    }

    InetAddress address() {
      return server.getInetAddress();
    }

    @Override
    public void close() throws java.io.IOException {
      for (var caller : queue) {
        caller.close();
      }
      server.close();
    }
  }
}

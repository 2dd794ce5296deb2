package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.model.Stream;

/** Law 3: an alarm waits for what is under way at most, never for the backlog. */
@Timeout(120)
class OvertakeTest {

  private static final int ENOUGH = 50;

  private static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));

  private final Street street = new Street();

  /** The broker holds its acknowledgements back; the first that it gives lets the alarm out. */
  @ParameterizedTest
  @Execution(CONCURRENT)
  @ValueSource(ints = {1, 2, 7, 8, 20, 1000})
  void theAlarmIsTheNextThatGoes(int receiveMaximum) throws Exception {
    var order = new CopyOnWriteArrayList<String>();
    var held = new LinkedBlockingQueue<Talk.Published>();
    var talking = new LinkedBlockingQueue<Talk>();
    var answered = new AtomicInteger();
    try (var peer =
            new Script(
                (talk, call) -> {
                  talk.welcome(Talk.RECEIVE_MAXIMUM, receiveMaximum >> 8, receiveMaximum & 0xFF);
                  talking.add(talk);
                  while (true) {
                    var packet = talk.next();
                    if (packet.type() != Talk.PUBLISH) {
                      talk.answer(packet);
                      continue;
                    }
                    var published = talk.published(packet);
                    order.add(tail(published.topic()));
                    if (answered.get() < ENOUGH) {
                      answered.incrementAndGet();
                      talk.puback(published, 0);
                    } else {
                      held.add(published);
                    }
                  }
                });
        var uplink = street.uplink(peer.port(), PATIENT)) {
      street.outbox.commit(Stream.READINGS, 2000);
      uplink.start();
      Await.until(() -> !held.isEmpty(), () -> uplink.view().toString());
      settle(order);
      int before = order.size();
      street.outbox.commit(Stream.EVENTS);
      settle(order);
      var talk = talking.take();
      talk.puback(held.take(), 0);
      Await.until(() -> order.size() > before, order::toString);
      assertThat(order.get(before)).isEqualTo("e");
    }
  }

  /** A real one with a small window, frozen in the midst of the backlog. */
  @Test
  @NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
  void atARealBrokerOneWindowIsBeforeIt() throws Exception {
    int window = 4;
    try (var broker = Broker.start("max_inflight_messages " + window);
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(broker.port(), PATIENT)) {
      int backlog = 6_000;
      street.outbox.commit(Stream.READINGS, backlog);
      uplink.start();
      Await.until(() -> uplink.view().sent() > 300, () -> uplink.view().toString());
      broker.freeze();
      long sent = settle(uplink);
      assertThat(sent).as("in the midst of the backlog").isLessThan(backlog);
      street.outbox.commit(Stream.EVENTS);
      broker.thaw();
      city.await(all -> !city.on("e").isEmpty());
      var frames = frames(city);
      assertThat(frames.indexOf("e")).isLessThanOrEqualTo((int) sent + window);
    }
  }

  /** Until nothing more comes for a while. */
  private static void settle(List<String> order) throws InterruptedException {
    for (int size = -1; size != order.size(); ) {
      size = order.size();
      new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
    }
  }

  /** What a frozen broker had answered to still comes. */
  private static long settle(Uplink uplink) throws InterruptedException {
    long sent = -1;
    while (sent != uplink.view().sent()) {
      sent = uplink.view().sent();
      new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
    }
    return sent;
  }

  private static List<String> frames(Listener city) {
    var frames = new ArrayList<String>();
    for (var heard : city.all()) {
      if (heard.users().contains("seq:")) {
        frames.add(heard.tail());
      }
    }
    return frames;
  }

  private static String tail(String topic) {
    return topic.substring(topic.lastIndexOf('/') + 1);
  }
}

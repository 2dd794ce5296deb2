package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.testkit.Await;

/** A bus that goes on while one gateway ends and another begins. */
@Timeout(30)
class ThresholdTest {

  private final Threshold threshold = new Threshold();

  /** A gateway that remembers what came, and can be slow. */
  private static final class Beyond implements Inlet {
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch slow;

    Beyond(CountDownLatch slow) {
      this.slow = slow;
    }

    Beyond() {
      this(new CountDownLatch(0));
    }

    @Override
    public boolean offer(Delivery delivery) {
      return heard.add(delivery.device());
    }

    @Override
    public void put(Delivery delivery) throws InterruptedException {
      slow.await();
      heard.add(delivery.device());
    }

    @Override
    public void report(String what, String device, String problem) {
      heard.add(what);
    }
  }

  @Test
  void whatComesBetweenTwoGatewaysIsTheNextOnesInOrder() throws Exception {
    var first = new Beyond();
    var second = new Beyond();
    threshold.lead(first);
    threshold.put(said(0));
    threshold.hold();
    threshold.put(said(1));
    assertThat(threshold.offer(said(2))).isTrue();
    threshold.report("malformed", "x", "told again when it happens again");
    threshold.lead(second);
    threshold.put(said(3));
    assertThat(first.heard).containsExactly("0");
    assertThat(second.heard).containsExactly("1", "2", "3");
  }

  @Test
  void aHandOverWaitsForWhatIsOnItsWay() throws Exception {
    var slow = new CountDownLatch(1);
    var first = new Beyond(slow);
    threshold.lead(first);
    var putting = Thread.ofPlatform().start(() -> put(0));
    Await.until("it is on its way", () -> putting.getState() == Thread.State.WAITING);
    var holding = Thread.ofPlatform().start(this::hold);
    Await.until("that is waited for", () -> holding.getState() == Thread.State.TIMED_WAITING);
    slow.countDown();
    holding.join();
    assertThat(first.heard).containsExactly("0");
    putting.join();
  }

  @Test
  void underLoadEveryDeliveryIsHeardOnceInTheOrderItWasTold() throws Exception {
    long seed = System.nanoTime();
    System.out.println("threshold: seed " + seed);
    var chance = new Random(seed);
    int count = 20_000;
    var all = new Beyond();
    var telling =
        Thread.ofPlatform().start(() -> IntStream.range(0, count).forEach(ThresholdTest.this::put));
    while (telling.isAlive()) {
      threshold.lead(all);
      Thread.sleep(0, 1 + chance.nextInt(900_000));
      threshold.hold();
      Thread.sleep(0, 1 + chance.nextInt(900_000));
    }
    threshold.lead(all);
    assertThat(all.heard)
        .as("seed %d", seed)
        .isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  @Test
  void whatWaitsIsBounded() throws Exception {
    for (int i = 0; i < Intake.DELIVERIES; i++) {
      assertThat(threshold.offer(said(i))).isTrue();
    }
    assertThat(threshold.offer(said(-1))).isFalse();
    var putting = Thread.ofPlatform().start(() -> put(-2));
    Await.until("it waits for room", () -> putting.getState() == Thread.State.WAITING);
    assertThat(threshold.depth()).isEqualTo(Intake.DELIVERIES);
    var next = new Beyond();
    threshold.lead(next);
    putting.join();
    assertThat(next.heard).hasSize(Intake.DELIVERIES + 1).endsWith("-2");
  }

  private static Delivery said(int number) {
    return Delivery.of(String.valueOf(number), List.of());
  }

  private void put(int number) {
    try {
      threshold.put(said(number));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void hold() {
    try {
      threshold.hold();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

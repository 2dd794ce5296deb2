package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.testkit.Await;

class AcksTest {

  private final List<String> told = new ArrayList<>();
  private final Acks acks =
      new Acks(
          new Acks.Sender() {
            @Override
            public void acknowledge(int message) {
              told.add("ack " + message);
            }

            @Override
            public void refused(String reason) {
              told.add("refused: " + reason);
            }
          },
          2);

  @Test
  void goOutInTheOrderInWhichMessagesCame() throws Exception {
    var first = acks.expect(7);
    var second = acks.expect(8);
    second.kept();
    assertThat(told).isEmpty();
    first.kept();
    assertThat(told).containsExactly("ack 7", "ack 8");
  }

  @Test
  void aRefusedMessageIsNeverAcknowledgedAndHoldsUpNobody() throws Exception {
    var first = acks.expect(7);
    var second = acks.expect(8);
    second.kept();
    first.refused("storage");
    assertThat(told).containsExactly("ack 8", "refused: storage");
  }

  @Test
  void nothingIsSentOnceTheConnectionIsGone() throws Exception {
    var late = acks.expect(7);
    acks.die();
    late.kept();
    assertThat(told).isEmpty();
  }

  @Test
  void aBrokerThatSendsMoreThanItWasToldWaits() throws Exception {
    var first = acks.expect(7);
    acks.expect(8);
    var third = new CompletableFuture<Receipt>();
    var callback = Thread.ofPlatform().start(() -> third.complete(expect(9)));
    Await.until("it waits for room", () -> callback.getState() == Thread.State.WAITING);
    first.kept();
    third.get(10, TimeUnit.SECONDS).kept();
    assertThat(told).containsExactly("ack 7");
  }

  private Receipt expect(int message) {
    try {
      return acks.expect(message);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }
}

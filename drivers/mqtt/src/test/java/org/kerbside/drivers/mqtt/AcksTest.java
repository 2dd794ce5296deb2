package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
          });

  @Test
  void goOutInTheOrderInWhichMessagesCame() {
    var first = acks.expect(7);
    var second = acks.expect(8);
    second.kept();
    assertThat(told).isEmpty();
    first.kept();
    assertThat(told).containsExactly("ack 7", "ack 8");
  }

  @Test
  void aRefusedMessageIsNeverAcknowledgedAndHoldsUpNobody() {
    var first = acks.expect(7);
    var second = acks.expect(8);
    second.kept();
    first.refused("storage");
    assertThat(told).containsExactly("ack 8", "refused: storage");
  }

  @Test
  void nothingIsSentOnceTheConnectionIsGone() {
    var late = acks.expect(7);
    acks.die();
    late.kept();
    assertThat(told).isEmpty();
  }
}

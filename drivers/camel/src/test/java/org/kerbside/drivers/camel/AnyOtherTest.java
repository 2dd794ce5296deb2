package org.kerbside.drivers.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.RecordingInlet;

/** A component that the house has never heard of. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnyOtherTest {

  @Test
  void oneWhoseServerIsAwayIsTriedUntilItComes() throws Exception {
    var inlet = new RecordingInlet();
    var devices = Bench.devices(Bench.JSON, "B1", "B2");
    try (var field = Bench.field("{ driver: camel, from: 'latecomer:x', address: /id }", devices)) {
      field.open(inlet);
      Await.until("what it says", () -> inlet.size() == 1);
    }
    assertThat(Latecomer.TRIES).hasValue(2);
    assertThat(inlet.deliveries()).extracting(Delivery::device).containsExactly("B1");
  }
}

package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.MessageBus.Age;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.testkit.RecordingInlet;

/**
 * Whatever stands in a message, it is taken or told, and acknowledged. Tried again in every build;
 * with JAZZER_FUZZ=1 in the environment it looks for more. The first byte chooses the topic.
 */
class MessageFuzzTest {

  private static final List<String> LEAVES = List.of("state", "lux", "lid", "status");
  private static final Topics TOPICS = ArrivalsTest.topics();

  @FuzzTest(maxDuration = "2m")
  void aMessageIsTakenOrTold(byte[] input) throws InterruptedException {
    if (input.length == 0) {
      return;
    }
    var topic = "mast-7/" + LEAVES.get((input[0] & 0xFF) % LEAVES.size());
    byte[] payload = Arrays.copyOfRange(input, 1, input.length);
    var sender = new CountingReceipt();
    new Arrivals(TOPICS, new RecordingInlet(), () -> Instant.EPOCH)
        .take(new Message(topic, payload, Sending.FIRST, Age.LIVE), sender);
    assertThat(sender.kept).isOne();
  }
}

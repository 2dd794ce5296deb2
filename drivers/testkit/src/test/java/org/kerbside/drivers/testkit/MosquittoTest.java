package org.kerbside.drivers.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsPeer({"mosquitto", "mosquitto_pub", "mosquitto_sub"})
class MosquittoTest {

  @Test
  void comesBackOnTheSamePortAfterAKill() throws Exception {
    try (var broker = Mosquitto.start()) {
      int port = broker.port();
      broker.kill();
      broker.restart();
      broker.publish("a", "1", 1);
      assertThat(broker.port()).isEqualTo(port);
    }
  }

  @Test
  void rememberedMessagesOutliveItsEndWhenItPersists() throws Exception {
    try (var broker = Mosquitto.start(Mosquitto.Memory.PERSISTS, List.of())) {
      broker.publishLines("a", List.of("0"));
      retain(broker);
      broker.stop();
      broker.restart();
      var heard =
          Peer.run(
              "mosquitto_sub", List.of("-p", "" + broker.port(), "-t", "a", "-C", "1", "-W", "5"));
      assertThat(heard.output()).isEqualTo("kept\n");
    }
  }

  private static void retain(Mosquitto broker) throws Exception {
    var ended =
        Peer.run(
            "mosquitto_pub",
            List.of("-p", "" + broker.port(), "-q", "1", "-t", "a", "-m", "kept", "-r"));
    assertThat(ended.exit()).isZero();
  }
}

package org.kerbside.gateway.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;

/** A mosquitto of its own that is bridged to both brokers and keeps nothing on disk. */
final class Bridge implements Subject {

  private final Mosquitto mosquitto;

  private Bridge(Mosquitto mosquitto) {
    this.mosquitto = mosquitto;
  }

  static Bridge between(Mosquitto field, Mosquitto city) throws Exception {
    return new Bridge(
        Mosquitto.start(
            Mosquitto.Memory.FORGETS,
            List.of(
                "connection field",
                "address 127.0.0.1:" + field.port(),
                "topic field/# in 1",
                "connection city",
                "address 127.0.0.1:" + city.port(),
                "topic field/# out 1")));
  }

  @Override
  public long pid() {
    return mosquitto.pid();
  }

  @Override
  public void awaitReady() throws Exception {
    Await.until("it connects", () -> mosquitto.log().contains("Connecting bridge (step 2) city"));
    TimeUnit.SECONDS.sleep(1); // that it has subscribed stands in no log that costs nothing
  }

  @Override
  public void close() {
    mosquitto.close();
  }
}

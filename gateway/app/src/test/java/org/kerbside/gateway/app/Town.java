package org.kerbside.gateway.app;

import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.kerbside.drivers.testkit.Mosquitto;

/**
 * What stands around a gateway with MQTT sensors: a field broker that lasts, the sensors on it, the
 * city's broker and the city.
 */
record Town(Mosquitto field, Mosquitto broker, City city, Sensors sensors)
    implements AutoCloseable {

  private static final List<String> GENEROUS =
      List.of("max_queued_messages 0", "max_inflight_messages 1000");

  /**
   * Opens it all and waits until the city hears its broker.
   *
   * @param memory of the city's broker
   */
  static Town open(Mosquitto.Memory memory) throws Exception {
    var field = Mosquitto.start(Mosquitto.Memory.PERSISTS, GENEROUS);
    var broker = Mosquitto.start(memory, GENEROUS);
    return new Town(field, broker, City.at(broker.port()), Sensors.at(field.url()));
  }

  @Override
  public void close() throws MqttException {
    sensors.close();
    city.close();
    broker.close();
    field.close();
  }
}

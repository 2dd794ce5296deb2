package org.kerbside.drivers.mqtt;

import java.time.InstantSource;
import java.util.List;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.MessageBus;

/** Sensors that publish to a field broker, each under the topic that its profile says. */
public final class MqttField implements Driver {

  private final MessageBus bus;
  private final Topics topics;
  private final InstantSource receipt;

  /**
   * Opens nothing yet.
   *
   * @param bus is this driver's own from now on
   * @param devices with profiles that {@link MqttProfile#read} found good
   * @param receipt the wall clock that SenML's relative times are counted from
   */
  public MqttField(MessageBus bus, List<Device> devices, InstantSource receipt) {
    this.bus = bus;
    this.topics = new Topics(devices);
    this.receipt = receipt;
  }

  @Override
  public void open(Inlet inlet) {
    bus.open(topics.filters(), new Arrivals(topics, inlet, receipt));
  }

  @Override
  public void close() {
    bus.close();
  }
}

package org.kerbside.drivers.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Value;

/** Devices that publish to a field broker, each under the topic that its profile says. */
public final class MqttField implements Driver, Outputs {

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
  public boolean has(String device, String quantity) {
    return topics.output(device, quantity) != null;
  }

  /** Published is not done: the device shows it by what it publishes next. */
  @Override
  public void move(String device, String quantity, Value value) throws DeviceException {
    var output = topics.output(device, quantity);
    var payload = output == null ? null : output.payload(value);
    if (output == null || payload == null) {
      throw new Refused(
          output == null
              ? "%s has no output '%s'".formatted(device, quantity)
              : "%s: '%s' is on or off: got %s".formatted(device, quantity, value));
    }
    bus.publish(output.topic().topic(device, quantity), payload.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    bus.close();
  }
}

package org.kerbside.deploy.demo.peers;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.config.Device;
import org.kerbside.drivers.simulator.Fault;

/** Sensors that publish SenML in JSON to a broker, each at its own topic. */
final class MqttDoor implements Door {

  private final Broker broker;
  private final String where;
  private final List<Device> devices;
  private final Play play;
  private final InstantSource wall;
  private final Map<Device, Said> news = new LinkedHashMap<>(); // the newest of each

  MqttDoor(Broker.Account account, List<Device> devices, Play play, InstantSource wall) {
    this.broker = Broker.open(account, null, (topic, message) -> {});
    this.where = account.place();
    this.devices = List.copyOf(devices);
    this.play = play;
    this.wall = wall;
  }

  @Override
  public void hear(String asset, Said said) {
    for (var device : devices) {
      if (device.asset().id().equals(asset)) {
        news.put(device, said);
      }
    }
  }

  @Override
  public void speak() {
    news.entrySet()
        .removeIf(
            entry ->
                play.has(entry.getKey().asset().id(), Fault.SILENT)
                    || broker.send(
                        "s/" + entry.getKey().address(),
                        telegram(entry.getKey().asset().id(), entry.getValue())));
  }

  private byte[] telegram(String asset, Said said) {
    var now = wall.instant();
    var clock = play.clock(asset, now);
    byte[] pack = Senml.JSON.pack(said.samples(), clock.equals(now) ? null : clock);
    return play.has(asset, Fault.BAD_BYTES) ? Arrays.copyOf(pack, pack.length * 2 / 3) : pack;
  }

  @Override
  public String place() {
    return "%d sensors to mqtt://%s, s/…".formatted(devices.size(), where);
  }

  @Override
  public void close() {
    broker.close();
  }
}

package org.kerbside.deploy.demo.peers;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.Endpoint;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.simulator.Fault;
import org.kerbside.gateway.cli.CommandException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sensors that post SenML, by turns in JSON and CBOR. What nobody took they post again. */
final class CoapDoor implements Door {

  private static final Logger LOG = LoggerFactory.getLogger(CoapDoor.class);

  private final CoapLine line;
  private final InetSocketAddress gateway;
  private final List<Sensor> sensors = new ArrayList<>();
  private final Play play;
  private final InstantSource wall;

  /** One of them, and what it has still to post: the newest alone. */
  private static final class Sensor {
    final Device device;
    final Senml senml;
    final Endpoint endpoint;
    @Nullable Said news; // guarded by this
    boolean isWaiting; // for an answer; guarded by this

    Sensor(Device device, Senml senml, Endpoint endpoint) {
      this.device = device;
      this.senml = senml;
      this.endpoint = endpoint;
    }

    synchronized void hear(Said said) {
      news = said;
    }

    synchronized @Nullable Said take() {
      if (isWaiting || news == null) {
        return null;
      }
      var said = news;
      news = null;
      isWaiting = true;
      return said;
    }

    synchronized void taken() {
      isWaiting = false;
    }

    synchronized void again(Said said) {
      isWaiting = false;
      news = news == null ? said : news;
    }
  }

  private CoapDoor(CoapLine line, InetSocketAddress gateway, Play play, InstantSource wall) {
    this.line = line;
    this.gateway = gateway;
    this.play = play;
    this.wall = wall;
  }

  static CoapDoor open(
      CoapLine line, InetSocketAddress gateway, List<Device> devices, Play play, InstantSource wall)
      throws CommandException {
    var door = new CoapDoor(line, gateway, play, wall);
    try {
      for (var device : devices) {
        door.add(device);
      }
      return door;
    } catch (CommandException taken) {
      door.close();
      throw taken;
    }
  }

  private void add(Device device) throws CommandException {
    var senml = sensors.size() % 2 == 0 ? Senml.JSON : Senml.CBOR;
    var endpoint =
        line.isPlain() && !sensors.isEmpty()
            ? sensors.getFirst().endpoint
            : line.endpoint(device.address());
    sensors.add(new Sensor(device, senml, endpoint));
  }

  @Override
  public void hear(String asset, Said said) {
    for (var sensor : sensors) {
      if (sensor.device.asset().id().equals(asset)) {
        sensor.hear(said);
      }
    }
  }

  @Override
  public void speak() {
    for (var sensor : sensors) {
      var said = sensor.take();
      if (said != null && play.has(sensor.device.asset().id(), Fault.SILENT)) {
        sensor.taken();
      } else if (said != null) {
        post(sensor, said);
      }
    }
  }

  private void post(Sensor sensor, Said said) {
    var client = new CoapClient(address(sensor)).setEndpoint(sensor.endpoint);
    var request = Request.newPost();
    request.getOptions().setContentFormat(sensor.senml.contentFormat());
    request.setPayload(telegram(sensor, said));
    client.advanced(
        new CoapHandler() {
          @Override
          public void onLoad(CoapResponse answer) {
            answered(sensor, said, answer);
          }

          @Override
          public void onError() {
            LOG.debug("{}/{}: no answer", line.bus(), sensor.device.address());
            sensor.again(said);
          }
        },
        request);
  }

  /** Later is asked for by 5.03; what is refused otherwise would be refused again. */
  private void answered(Sensor sensor, Said said, CoapResponse answer) {
    if (answer.getCode().codeClass == 5) {
      sensor.again(said);
      return;
    }
    boolean isMeant = play.has(sensor.device.asset().id(), Fault.BAD_BYTES);
    if (!answer.isSuccess() && !isMeant) {
      LOG.warn(
          "{}/{}: {} {}",
          line.bus(),
          sensor.device.address(),
          answer.getCode(),
          answer.getResponseText());
    }
    sensor.taken();
  }

  private byte[] telegram(Sensor sensor, Said said) {
    var asset = sensor.device.asset().id();
    var now = wall.instant();
    var clock = play.clock(asset, now);
    byte[] pack = sensor.senml.pack(said.samples(), clock.equals(now) ? null : clock);
    return play.has(asset, Fault.BAD_BYTES) ? Arrays.copyOf(pack, pack.length * 2 / 3) : pack;
  }

  private String address(Sensor sensor) {
    return place("") + sensor.device.address();
  }

  @Override
  public String place() {
    return place("%d sensors to ".formatted(sensors.size()));
  }

  private String place(String who) {
    return "%s%s://%s:%d/s/"
        .formatted(who, line.scheme(), gateway.getHostString(), gateway.getPort());
  }

  @Override
  public void close() {
    sensors.forEach(sensor -> sensor.endpoint.destroy());
  }
}

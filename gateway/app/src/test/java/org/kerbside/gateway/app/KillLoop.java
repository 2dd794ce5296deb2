package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.Relay;

/**
 * A street under load around a gateway that may die at any instant: MQTT and CoAP sensors that
 * number their readings, readings that raise and clear alarms, a dispatcher whose commands move a
 * lamp, and a city. What is done to the gateway is the caller's; {@link #settle} gives the verdict.
 */
final class KillLoop implements AutoCloseable {

  /** Notes each move of an output; a test may patch more. */
  static Patch patch() throws IOException {
    return new Patch()
        .after(
            "drivers/simulator:Street",
            "want(new Act.Move(device, quantity, value), device);",
            "org.kerbside.gateway.app.Probe.note(quantity + \" \" + value);");
  }

  /** What the MQTT sensors tell. */
  enum Load {
    /** 300 a second: many commits, and short queues. */
    STEADY(3),
    /** Up to 10,000 a second, as many as the field broker and the machine will take. */
    FULL(100);

    private final int readings; // every 10 ms

    Load(int readings) {
      this.readings = readings;
    }
  }

  private static final String SITE = "gateway/app/src/test/resources/kill-loop.yaml";
  private static final String PREFIX = "kerbside/1/bench/KILL-1";
  private static final Pattern STOPPED =
      Pattern.compile("(?m)^stopped in .*; \\d+ frames sent, (-?\\d+) waiting$");

  /** Nothing arrived for so long, and all is there. */
  private static final Duration QUIET = Duration.ofMillis(500);

  /** Nothing arrived for so long, and something is missing: it will not come. */
  private static final Duration MISSED = Duration.ofSeconds(5);

  private static final Duration SETTLED = Duration.ofSeconds(60);

  private final Town town;
  private final Relay relay;
  private final List<CoapDevice> devices;
  private final Dispatcher dispatcher;
  private final Launch launch;
  private final Path notes;
  private final List<Long> starts = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> load = new ArrayList<>();
  private volatile boolean loading = true;

  private KillLoop(Town town, Path folder, Path classes) throws Exception {
    this.town = town;
    relay = Relay.to(town.broker().port());
    int port = FreePort.udp();
    devices =
        List.of(
            new CoapDevice("c1", port, 20),
            new CoapDevice("c2", port, 20),
            new CoapDevice("c3", port, 3),
            new CoapDevice("c4", port, 3));
    dispatcher = Dispatcher.at(town.broker(), town.city(), PREFIX, "lamp-1/dim");
    notes = folder.resolve("notes");
    launch =
        Launch.of(
                GatewayProcess.home().resolve(SITE).toString(),
                folder.resolve("data"),
                "none",
                "uplink.url=" + relay.url(),
                "buses.field.url=" + town.field().url(),
                "buses.coap.listen=127.0.0.1:" + port)
            .with(Map.of(Probe.NOTES, notes.toString()))
            .ahead(List.of(classes));
  }

  /**
   * Opens the street; nothing runs yet.
   *
   * @param classes the product with {@link #patch} and whatever else
   */
  static KillLoop at(Path folder, Path classes) throws Exception {
    return new KillLoop(Town.open(Mosquitto.Memory.PERSISTS), folder, classes);
  }

  /** As {@link #at}, and {@link #begin}s. */
  static KillLoop open(Path folder, Path classes) throws Exception {
    var loop = at(folder, classes);
    try {
      loop.begin(Load.STEADY);
      return loop;
    } catch (Exception | AssertionError broken) {
      loop.close();
      throw broken;
    }
  }

  /** Starts a gateway and does not wait for it. */
  GatewayProcess start(Map<String, String> environment) throws IOException {
    relay.hangUp();
    starts.add(System.currentTimeMillis());
    return GatewayProcess.start(launch.with(environment));
  }

  /** What the gateway says from now on does not reach the city, until the next start. */
  void swallow() {
    relay.swallow();
  }

  /** Another city on the same broker: it must have been told all that ours was. */
  Receiver receiver(Path folder) {
    return new Receiver(folder, town.broker().url());
  }

  Path data() {
    return launch.data();
  }

  /** The load begins once a gateway was there, and the field broker knows it. */
  void begin(Load pace) throws Exception {
    try (var first = start(Map.of()).ready()) {
      if (first.stop() != 0) {
        throw new AssertionError(first.said());
      }
    }
    load.add(threads.submit(() -> measure(pace)));
    load.add(threads.submit(this::dispatch));
    for (var device : devices) {
      load.add(threads.submit(() -> post(device)));
    }
  }

  /** The readings of a pace, and two a second that raise an alarm or clear one. */
  private Void measure(Load pace) throws Exception {
    for (int turn = 0; loading; turn++) {
      town.sensors().send(pace.readings);
      if (turn % 50 == 0) {
        town.sensors().alarm();
      }
      Thread.sleep(10);
    }
    return null;
  }

  private Void post(CoapDevice device) throws Exception {
    while (loading) {
      device.post();
      Thread.sleep(30);
    }
    return null;
  }

  private Void dispatch() throws Exception {
    while (loading) {
      dispatcher.command();
      Thread.sleep(100);
    }
    return null;
  }

  /** Ends the load, lets a last gateway send all that is left, stops it, and compares. */
  Verdict settle() throws Exception {
    loading = false;
    try (var last = start(Map.of()).ready()) {
      for (var one : load) {
        await(one, last);
      }
      town.sensors().settle();
      awaitQuiet();
      if (last.stop() != 0) {
        throw new AssertionError("it did not stop in order:\n" + last.said());
      }
      return SetChecker.check(street(), city(waiting(last)));
    }
  }

  private static void await(Future<?> one, GatewayProcess gateway) throws Exception {
    try {
      one.get(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException stuck) {
      throw new AssertionError("the load does not come to its end:\n" + gateway.said(), stuck);
    }
  }

  /** Until all has arrived, or for a while nothing more does. */
  private void awaitQuiet() throws Exception {
    int all = town.sensors().said().size();
    for (var device : devices) {
      all += device.acknowledged().size();
    }
    int before = -1;
    long since = System.nanoTime();
    for (int now = town.city().count(); ; now = town.city().count()) {
      if (now != before) {
        before = now;
        since = System.nanoTime();
      }
      var patience = now < all ? MISSED : QUIET;
      if (System.nanoTime() - since > patience.toNanos()) {
        return;
      }
      Thread.sleep(20);
    }
  }

  private SetChecker.Street street() throws IOException {
    var acknowledged = new HashSet<>(town.sensors().said());
    var unsure = new HashSet<Said>();
    for (var device : devices) {
      acknowledged.addAll(device.acknowledged());
      unsure.addAll(device.sent());
    }
    unsure.removeAll(acknowledged);
    return new SetChecker.Street(acknowledged, unsure, dispatcher.given(), moves());
  }

  private List<Double> moves() throws IOException {
    return notes().stream()
        .filter(line -> line.startsWith("dim "))
        .map(line -> Double.valueOf(line.replaceAll("[^0-9.E-]", "")))
        .toList();
  }

  /** What {@link Probe} noted in all processes so far. */
  List<String> notes() throws IOException {
    return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
  }

  private SetChecker.Arrived city(long waiting) {
    return new SetChecker.Arrived(town.city().payloads(), List.copyOf(starts), waiting);
  }

  private static long waiting(GatewayProcess stopped) throws Exception {
    Await.until(
        "its last word",
        () -> STOPPED.matcher(stopped.said()).find(),
        Duration.ofSeconds(5),
        stopped::said);
    var said = STOPPED.matcher(stopped.said());
    return said.find() ? Long.parseLong(said.group(1)) : -1;
  }

  @Override
  public void close() throws IOException, MqttException {
    loading = false;
    devices.forEach(CoapDevice::close);
    threads.shutdownNow();
    dispatcher.close();
    relay.close();
    town.close();
  }
}

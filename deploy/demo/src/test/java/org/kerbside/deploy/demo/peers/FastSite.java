package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.cli.CommandException;

/**
 * A site whose devices are peers behind real doors, its gateway and its city. Street and gateway
 * live so many times as fast; lines and radios keep their time.
 */
final class FastSite implements AutoCloseable {

  private static final List<String> POLLED =
      List.of(
          "ultrasonic-485",
          "lamp-485",
          "pzem-004t",
          "sdm120",
          "sdm630",
          "tuf-2000m",
          "relay-485",
          "leakage-485");

  private final Instant origin;
  private final Mosquitto broker;
  private final Spoken city;
  private final FastStreet street;
  private final Spoken gateway;
  private final FastClock clock;
  private final Path data;
  private final String prefix;

  /** A fault, the asset that has it, and what a city must see of it: {@code a | b | c} a line. */
  record Row(String fault, String asset, String seen) {

    static List<Row> of(String table) {
      return table.lines().map(line -> line.split(" \\| ", -1)).map(Row::of).toList();
    }

    private static Row of(String[] cells) {
      return new Row(cells[0], cells[1], cells[2]);
    }
  }

  /**
   * Opens all of it.
   *
   * @param written a site, with {@code BROKER}, {@code COAP} and the like for its ports
   * @param origin what time it is at the begin
   * @param keys of CoAP sensors: the gateway's, and before it began the devices'
   */
  FastSite(Path folder, String written, Instant origin, int speed, Keys keys) throws Exception {
    this.origin = origin;
    this.broker = Mosquitto.start();
    this.city = Spoken.subscriber(broker.port());
    var site = site(folder, written);
    this.prefix = "kerbside/1/demo/%s/".formatted(id(written));
    var since = Instant.now();
    keys.write(folder, keys.ofDevices());
    this.clock = FastGateway.clock(origin, since, speed);
    this.data = folder.resolve("gateway");
    this.street = FastStreet.open(site, Files.createDirectories(folder.resolve("peers")), clock);
    keys.write(folder, keys.ofGateway());
    this.gateway =
        Spoken.java(
            FastGateway.class,
            site.toString(),
            data.toString(),
            origin.toString(),
            since.toString(),
            "" + speed);
  }

  /** Until the gateway serves. */
  void ready() throws Exception {
    gateway.await("ready", line -> line.startsWith("ready in"));
  }

  /** What a file of CoAP keys says at the one end and at the other. */
  record Keys(String ofDevices, String ofGateway) {

    static final Keys NONE = new Keys("", "");

    private void write(Path folder, String keys) throws Exception {
      var file = Files.createDirectories(folder.resolve("secrets")).resolve("coap-keys");
      Files.writeString(file, keys);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Lets an asset have a fault until the end, as {@code kerbside simulate} does. */
  void strike(String asset, String fault) {
    street.strike(asset, fault);
  }

  /** Orders as a city does. */
  void order(String point, int value) throws Exception {
    var id = "%s-%d".formatted(point.replace('/', '-'), value);
    broker.publish(
        prefix + "c/" + id,
        """
        {"v":1,"id":"%s","op":"set","point":"%s","value":%d,"by":"dispatch:test",\
        "expires":4102444800,"lease":86400}"""
            .formatted(id, point, value),
        1);
  }

  /** Until so much of the street's time has passed since the begin. */
  void pass(Duration since) throws Exception {
    Await.until(
        "%s of the street's time".formatted(since),
        () -> !clock.now().wall().isBefore(origin.plus(since)),
        Duration.ofMinutes(10),
        () -> clock.now().wall().toString());
  }

  /** What {@code kerbside} says to words of a crew at the cabinet. */
  Peer.Ended kerbside(String... words) throws Exception {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    return Spoken.kerbsideOnce(all.toArray(String[]::new));
  }

  /** Until the state of an asset says so, which then it is. */
  String await(String asset, Predicate<String> isSo) throws Exception {
    Await.until(asset, () -> isSo.test(state(asset)), Duration.ofSeconds(90), () -> state(asset));
    return state(asset);
  }

  /** The newest; empty before the first. */
  private String state(String asset) {
    var topic = prefix + "a/" + asset + " ";
    return city.lines().reversed().stream()
        .filter(line -> line.startsWith(topic))
        .findFirst()
        .orElse("");
  }

  /** Until a city has seen what each must show. */
  void await(List<Row> rows, Duration patience) throws Exception {
    Await.until(
        "what each fault must show",
        () -> missing(rows).isEmpty(),
        patience,
        () -> "%nmissing: %s%nseen: %s".formatted(missing(rows), seen()));
  }

  List<Row> missing(List<Row> rows) {
    var seen = seen();
    return rows.stream().filter(row -> !seen.contains(row.seen())).toList();
  }

  /** All that a city has seen of faults so far. */
  Set<String> seen() {
    return Conclusions.of(city.lines(), origin.minus(Duration.ofDays(20)));
  }

  private static String id(String written) {
    return written.replaceFirst("(?s).*site: \\{ id: ([^,]*),.*", "$1");
  }

  private Path site(Path folder, String written) throws Exception {
    Files.createDirectories(folder.resolve("profiles"));
    for (var profile : POLLED) {
      quicken(profile, folder);
    }
    return Files.writeString(
        folder.resolve("site.yaml"),
        written
            .replace("BROKER", "" + broker.port())
            .replace("MODBUS", "" + FreePort.tcp())
            .replace("GOOD", "" + FreePort.tcp())
            .replace("COAPS", "" + FreePort.udp())
            .replace("COAP", "" + FreePort.udp())
            .replace("PORTS", folder.resolve("ports").toString()));
  }

  /** Asked as often as a street that lives so fast wants it. */
  private static void quicken(String profile, Path folder) throws Exception {
    var shipped = Files.readString(Path.of("../../config/profiles", profile + ".yaml"));
    var quick = shipped.replaceFirst("every: \\d+s", "every: 500ms");
    assertThat(quick).isNotEqualTo(shipped);
    Files.writeString(folder.resolve("profiles").resolve(profile + ".yaml"), quick);
  }

  @Override
  public void close() throws IOException, CommandException {
    gateway.close();
    street.close();
    city.close();
    broker.close();
  }
}

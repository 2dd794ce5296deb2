package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;

/** The shipped site of real doors: its gateway, its peers and a broker, each a process. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "mbpoll"})
@Timeout(180)
class DoorsTest {

  private static final String CITY = "kerbside/1/demo/CD-QY-0175/";

  @TempDir private static Path temporary;
  private static Mosquitto broker;
  private static Spoken city;
  private static Spoken gateway;
  private static Spoken peers;
  private static String modbus;
  private static PageCards page;

  @BeforeAll
  static void start() throws Exception {
    broker = Mosquitto.start();
    city = Spoken.subscriber(broker.port());
    modbus = String.valueOf(FreePort.tcp());
    var site = site();
    int door = FreePort.tcp();
    page = new PageCards(URI.create("http://127.0.0.1:%d/".formatted(door)));
    // First, as after a power cut: the field comes when it comes.
    gateway =
        Spoken.kerbside(
            "run",
            site.toString(),
            "--data",
            temporary.resolve("gateway").toString(),
            "--page",
            "127.0.0.1:" + door);
    gateway.await("gateway", line -> line.startsWith("ready"));
    peers = Spoken.kerbside("peers", site.toString(), "--data", data().toString(), "--speed", "60");
    peers.await("peers", line -> line.startsWith("ready"));
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      assertThat(peers.stop()).as("a stop in order").isZero();
      assertThat(ports()).as("and its ports are gone").isEmptyDirectory();
      assertThat(gateway.stop()).isZero();
    } finally {
      for (var process : List.of(peers, gateway, city)) {
        process.close();
      }
      broker.close();
    }
  }

  /** As it ships, on free ports, and with one CoAP sensor more that has a key. */
  private static Path site() throws Exception {
    var secrets = Files.createDirectories(temporary.resolve("secrets"));
    var keys =
        Files.writeString(secrets.resolve("coap-keys"), "f1:000102030405060708090a0b0c0d0e0f\n");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    var secure =
        """
        buses:
          coaps: { driver: coap, listen: 127.0.0.1:%d, dtls: { keys: !secret coap-keys } }
        """
            .formatted(FreePort.udp());
    return Files.writeString(
        temporary.resolve("doors.yaml"),
        Files.readString(Path.of("../../config/sites/doors.yaml"))
            .replace("127.0.0.1:1883", "127.0.0.1:" + broker.port())
            .replace("15020", modbus)
            .replace("15683", String.valueOf(FreePort.udp()))
            .replace("/tmp/kerbside-doors", ports().toString())
            .replace("at: coap/f1", "at: coaps/f1")
            .replace("buses:\n", secure));
  }

  private static Path ports() {
    return temporary.resolve("ports");
  }

  private static Path data() {
    return temporary.resolve("peers");
  }

  @Test
  void allFourFamiliesReachTheCityThroughTheirDoors() throws Exception {
    assertThat(number("bin-1", "fill")).as("by radio").isBetween(0.0, 1.0);
    assertThat(number("bin-2", "fill")).as("by Modbus RTU").isBetween(0.0, 1.0);
    assertThat(number("bin-3", "fill")).as("by MQTT").isBetween(0.0, 1.0);
    assertThat(number("bin-4", "fill")).as("by UART, unasked").isBetween(0.0, 1.0);
    assertThat(number("air-1", "nh3")).as("by radio").isBetween(30.0, 3000.0);
    point("air-2", "\"q\":\"bad\""); // by UART, asked; warming up, says the page
    assertThat(number("zone-1", "volume")).as("by radio").isBetween(9.0, 2000.0);
    assertThat(number("zone-2", "moisture")).as("by Modbus RTU").isBetween(0.1, 0.5);
    assertThat(number("master-1", "volume")).as("by Modbus RTU").isBetween(9.0, 9999.0);
    assertThat(number("lamp-4", "voltage")).as("by Modbus TCP").isBetween(207.0, 253.0);
    assertThat(number("feeder-1", "voltageA")).as("by Modbus TCP").isBetween(207.0, 253.0);
    assertThat(number("feeder-1", "leakage")).as("by Modbus RTU").isBetween(0.0, 0.03);
    city.await(
        "by radio, what its lamps draw once they are lit",
        line -> line.startsWith(CITY + "a/feeder-2 ") && isBetween(line, "power", 100, 150));
    assertThat(number("wc-1", "pipe")).as("by CoAP, JSON").isBetween(-40.0, 60.0);
    point("lamp-6", "\"on\":{\"v\":"); // by radio, the second circuit
    point("f1", "\"presence\":{\"v\":\""); // by CoAP and DTLS
    point("f2", "\"presence\":{\"v\":\""); // by UART, unasked
    point("m1", "\"occupied\":{\"v\":");
    assertThat(city.await("the state", line -> line.startsWith(CITY + "state ")))
        .as("made up, whatever the door")
        .contains("\"simulated\":true");
  }

  @Test
  void allFourFamiliesReachThePageThroughTheirDoors() throws Exception {
    page.await("wc-1", "f1", "m1", "air-1");
    page.await("bin-1", "bin-2", "bin-3", "bin-4");
    page.await("lamp-1", "lamp-4", "lamp-5", "feeder-1", "feeder-2");
    page.await("zone-1", "zone-2", "master-1");
    page.awaitFigure("bin-2", "\\d+%"); // without doubt: one that jumped is doubted for a while
    page.await("air-2", List.of("d-bad", "预热中", "<b>–</b>")); // it is warming up
    assertThat(page.html()).as("made up, whatever the door").contains("模拟");
  }

  @Test
  void whatALampIsOrderedItsMeterShows() throws Exception {
    city.await("the lamp", line -> line.startsWith(CITY + "a/lamp-2 ") && has(line, "power"));
    order("dark", "lamp-2/dim", "0");
    point("lamp-2", "\"dim\":{\"v\":0,");
    order("light", "lamp-2/dim", "1");
    assertThat(city.await("light", line -> ended(line, "light"))).contains("\"outcome\":\"done\"");
    city.await("power", line -> line.startsWith(CITY + "a/lamp-2 ") && value(line, "power") > 40);
  }

  @Test
  void aFireInABinIsTheBinsEmergency() throws Exception {
    number("bin-1", "temperature");
    simulate("bin-1", "bin-fire", 0, "bin-1: bin-fire for 10min");
    assertThat(city.await("the alarm", line -> line.contains("\"id\":\"bin-1/bin-burning\"")))
        .contains("\"change\":\"raised\"", "\"severity\":\"emergency\"");
  }

  @Test
  void aWrongWordIsToldWithTheRightOne() throws Exception {
    simulate("bin-1", "bin-fir", 2, "did you mean 'bin-fire'?");
    simulate("bin-9", "bin-fire", 2, "did you mean 'bin-1'?");
  }

  @Test
  void anotherMasterReadsWhatTheGatewayReads() throws Exception {
    double pole = number("lamp-4", "voltage"); // PZEM-004T: tenths of a volt in its first register
    var ended =
        Peer.run(
            "mbpoll",
            List.of(
                "-m", "tcp", "-p", modbus, "-a", "21", "-t", "3", "-r", "1", "-1", "127.0.0.1"));
    var read = Pattern.compile("\\[1]:\\s+(\\d+)").matcher(ended.output());
    assertThat(read.find()).as(ended.output()).isTrue();
    assertThat(Integer.parseInt(read.group(1)) / 10.0).isBetween(pole - 15, pole + 15);
  }

  private static void simulate(String asset, String fault, int exit, String words)
      throws Exception {
    var ended =
        Spoken.kerbsideOnce("simulate", asset, "--fault", fault, "--data", data().toString());
    assertThat(ended.output()).contains(words);
    assertThat(ended.exit()).isEqualTo(exit);
  }

  private static void order(String id, String point, String value) throws Exception {
    broker.publish(
        CITY + "c/" + id,
        """
        {"v":1,"id":"%s","op":"set","point":"%s","value":%s,"by":"dispatch:test",\
        "expires":4102444800,"lease":3600}"""
            .formatted(id, point, value),
        1);
  }

  private static boolean ended(String line, String id) {
    return line.startsWith(CITY + "r/" + id + " ") && line.contains("\"outcome\"");
  }

  /** What the city has of a point, once it has it. */
  private static double number(String asset, String point) throws Exception {
    return value(point(asset, "\"%s\":{\"v\":".formatted(point)), point);
  }

  private static String point(String asset, String words) throws Exception {
    return city.await(
        asset + " " + words,
        line -> line.startsWith(CITY + "a/" + asset + " ") && line.contains(words));
  }

  private static boolean has(String line, String point) {
    return line.contains("\"%s\":{\"v\":".formatted(point));
  }

  private static boolean isBetween(String line, String point, double least, double most) {
    return value(line, point) >= least && value(line, point) <= most;
  }

  /** No number where there is none. */
  private static double value(String line, String point) {
    var found = Pattern.compile("\"%s\":\\{\"v\":([-0-9.eE]+)".formatted(point)).matcher(line);
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }
}

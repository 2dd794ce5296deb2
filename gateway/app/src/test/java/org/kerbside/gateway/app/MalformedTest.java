package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.CoapClient;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/**
 * One gateway is told every kind of nonsense on both its buses: each is refused or reported with
 * its reason, the rest of a pack is kept, and the next good reading flows.
 */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "coap-client-notls"})
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedTest {

  private static final String SITE =
      """
      schema: 1
      site: { id: BAD-1, name: bad, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1884, tenant: bench, compress: none, ack: broker, spread: 0s, accept: [plaintext, anonymous] }
      buses:
        coap: { driver: coap, listen: 127.0.0.1:5683 }
        field: { driver: mqtt, url: mqtt://127.0.0.1:1883, accept: [plaintext, anonymous] }
      assets:
        c0..29: { kind: generic, points: { p0..1: { unit: "/" } }, at: coap/c0..29 }
        s0..29: { kind: generic, points: { p0..1: { unit: "/" } }, profile: senml-mqtt, at: field/s0..29 }
        v0..29: { kind: generic, points: { p0..1: { unit: "/" } }, profile: json-vt, at: field/v0..29 }
      """;

  private static final long RSS_KIB = 200 * 1024;
  private static final int FLOOD = 5_000;

  /** A flood of strangers makes the city no flood of events. */
  private static final int EVENTS_OF_A_FLOOD = 100;

  private Path folder;
  private int port;
  private Mosquitto field;
  private Mosquitto broker;
  private City city;
  private GatewayProcess gateway;
  private int good;

  @BeforeAll
  void openTheStreet(@TempDir Path own) throws Exception {
    folder = own;
    port = FreePort.udp();
    field = Mosquitto.start();
    broker = Mosquitto.start();
    city = City.at(broker.port());
    gateway =
        GatewayProcess.run(
            Files.writeString(folder.resolve("site.yaml"), SITE).toString(),
            folder.resolve("data"),
            "none",
            "uplink.url=" + broker.url(),
            "buses.field.url=" + field.url(),
            "buses.coap.listen=127.0.0.1:" + port);
  }

  @AfterAll
  void closeTheStreet() throws Exception {
    assertThat(gateway.stop()).as(gateway.said()).isZero();
    assertThat(gateway.said()).doesNotContain("Exception", "ERROR", "died");
    city.close();
    broker.close();
    field.close();
  }

  @AfterEach
  void aGoodReadingFlowsAndMemoryIsBounded() throws Exception {
    good++;
    assertThat(post("c0", 110, "[{'n':'p0','v':%d}]".formatted(good))).startsWith("2.04");
    field.publish("field/v0/p0", "{\"v\":%d}".formatted(good), 1);
    field.publish("s/s0", "[{\"n\":\"p0\",\"v\":%d}]".formatted(good), 1);
    for (var point : List.of("c0/p0", "v0/p0", "s0/p0")) {
      awaitReading(point, good);
    }
    assertThat(rss()).isLessThan(RSS_KIB);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 10_000,
      textBlock =
          """
          c1  | [{'n':'p0','v':}]                        | 4.00 | not JSON at byte
          c2  | [{'n':'p0','v':1}                        | 4.00 | not JSON at byte
          c3  | {'n':'p0','v':1}                         | 4.00 | the pack is no array of records
          c4  | [1]                                      | 4.00 | record 1 is no object
          c5  | []                                       | 4.00 | the pack has no record
          c6  | [{'n':'p0','vs':'far'}]                  | 4.00 | got vs, expected v
          c7  | [{'n':'p0','v':'far'}]                   | 4.00 | got 'far', expected a finite number
          c8  | [{'n':'p9','v':1}]                       | 4.00 | no such point
          c9  | [{'n':'c1/p0','v':1}]                    | 4.00 | the name is another device's
          c10 | [{'n':'p0','u':'V','v':1}]               | 4.00 | got 'V', expected
          c11 | [{'n':'p0','v':NaN}]                     | 4.00 | not JSON at byte
          c12 | [{'n':'p0','v':1e999}]                   | 4.00 | expected a finite number
          c13 | [{'n':'p0','v':1,'bver':99}]             | 4.00 | bver is 99
          c14 | [{'n':'p0','v':1,'x_':1}]                | 4.00 | 'x_' must be understood
          c15 | [{'n':'p0','v':1,'v':2}]                 | 4.00 | 'v' stands there twice
          c16 | [{'n':'p0','v':1,'t':1e300}]             | 4.00 | not a time
          c17 | [{'n':'p0','v':1}] x                     | 4.00 | not JSON at byte
          """)
  void whatIsNoSenmlIsRefusedWithItsReason(String device, String body, String code, String why)
      throws Exception {
    assertThat(post(device, 110, body)).startsWith(code).contains(why);
    awaitHealth("malformed", "coap/" + device, why);
    field.publish("s/" + device.replace('c', 's'), body.replace('\'', '"'), 1);
    awaitHealth("malformed", "field/" + device.replace('c', 's'), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1  | {'v':                  | not JSON at byte
          v2  | [1]                    | no JSON object
          v3  | {'v':'far'}            | '/v' is 'far': expected a finite number
          v4  | {'w':1}                | no value at '/v'
          v5  | {'v':NaN}              | not JSON at byte
          v6  | {'v':1e999}            | expected a finite number
          v7  | {'v':1} {'v':2}        | something follows the JSON object
          v8  | far                    | not JSON at byte
          v9  | {'v':{'v':1}}          | expected a finite number
          """)
  void whatIsNoValueIsReportedWithItsReason(String device, String body, String why)
      throws Exception {
    field.publish("field/%s/p0".formatted(device), body.replace('\'', '"'), 1);
    awaitHealth("malformed", "field/" + device, why);
  }

  @Test
  void brokenCborIsRefusedWithItsReason() throws Exception {
    refused("c18", 112, HexFormat.of().parseHex("81a2"), "4.00", "not CBOR at byte 2");
    refused("c19", 112, hex("81a20062703002f97e00"), "4.00", "expected a finite number"); // NaN
    refused("c20", 112, hex("9f".repeat(2_000)), "4.00", "record 1 is no object");
    refused("c21", 112, hex("5bffffffffffffffff"), "4.00", "senml");
  }

  @Test
  void anEmptyBodyAndAnotherFormatAreRefusedWithTheirReasons() throws Exception {
    refused("c22", 110, new byte[0], "4.00", "the body is empty");
    refused("c23", 50, "[{}]".getBytes(UTF_8), "4.15", "content format 50");
    field.publishFile("s/s22", Files.write(folder.resolve("empty"), new byte[0]), 1);
    awaitHealth("malformed", "field/s22", "the body is empty");
  }

  @Test
  void strangersAreReportedByName() throws Exception {
    assertThat(post("nobody", 110, "[{'n':'p0','v':1}]")).startsWith("4.04").contains("'nobody'");
    awaitHealth("unknown-device", "coap/nobody", "/s/nobody");
    field.publish("field/v1/nothing", "{\"v\":1}", 1);
    awaitHealth("unknown-device", "field/field/v1/nothing", "no device's or point's");
  }

  @Test
  void theRestOfAPackIsKept() throws Exception {
    String pack = "[{'n':'p9','v':1},{'n':'p0','vb':true},{'n':'p0'},{'n':'p1','v':41.5},{'v':2}]";
    assertThat(post("c24", 110, pack)).startsWith("2.04");
    awaitReading("c24/p1", 41.5);
    awaitHealth("refused", "coap/c24", "no such point");
    field.publish("s/s24", pack.replace('\'', '"'), 1);
    awaitReading("s24/p1", 41.5);
    awaitHealth("refused", "field/s24", "no such point");
    assertThat(city.readings()).doesNotContainKeys("c24/p0", "s24/p0");
  }

  @Test
  void deepNestingAndEndlessNumbersAreRefusedWithTheirReasons() throws Exception {
    String deep = "[{'n':'p0','v':1,'x':" + "[".repeat(20_000) + "]".repeat(20_000) + "}]";
    String digits = "[{'n':'p0','v':" + "9".repeat(20_000) + "}]";
    refused("c25", 110, deep.replace('\'', '"').getBytes(UTF_8), "4.00", "depth");
    refused("c26", 110, digits.replace('\'', '"').getBytes(UTF_8), "4.00", "length");
    String nested = "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + ",\"v\":1}";
    field.publish("field/v25/p0", nested, 1);
    awaitHealth("malformed", "field/v25", "depth");
    field.publish("field/v26/p0", "{\"v\":" + "9".repeat(20_000) + "}", 1);
    awaitHealth("malformed", "field/v26", "length");
  }

  @Test
  void aMegabyteIsRefused() throws Exception {
    var body = "[{\"n\":\"p0\",\"v\":1}" + " ".repeat(1 << 20) + "]";
    refusedAtTheDoor("c27", body);
    var file = Files.writeString(folder.resolve("large"), body);
    field.publishFile("s/s27", file, 1);
    field.publishFile("field/v27/p0", file, 1);
    Files.writeString(file, "{\"v\":1" + " ".repeat(100 << 10) + "}");
    field.publishFile("field/v28/p0", file, 1);
    awaitHealth("malformed", "field/v28", "expected at most 65536");
  }

  @Test
  void aFloodOfGarbageIsCountedNotRepeated() throws Exception {
    field.publishLines("s/s29", Collections.nCopies(FLOOD, "[{]"));
    field.publishLines("field/v29/p0", Collections.nCopies(FLOOD, "{\"v\":\"far\"}"));
    for (int i = 0; i < 20; i++) {
      assertThat(post("c29", 110, "[{]")).startsWith("4.00");
    }
    awaitHealth("malformed", "field/v29", "far");
    assertThat(health("malformed", "field/s29")).hasSize(1);
    assertThat(health("malformed", "field/v29")).hasSize(1);
    assertThat(health("malformed", "coap/c29")).hasSize(1);
  }

  /** Datagrams that are no CoAP at all, and posts to devices that never were, each another one. */
  @Test
  void aFloodOfStrangersIsBounded() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var chance = new Random(seed);
    try (var stranger = new DatagramSocket()) {
      for (int i = 0; i < FLOOD; i++) {
        var garbage = new byte[chance.nextInt(200)];
        chance.nextBytes(garbage);
        send(stranger, garbage);
        send(stranger, posting("x%05d".formatted(i), i));
      }
    }
    for (int i = 0; i < 50; i++) {
      field.publish("field/v1/" + "y".repeat(10_000) + i, "{\"v\":1}", 1);
    }
    aGoodReadingFlowsAndMemoryIsBounded();
    var told = city.on("e").stream().filter(m -> m.payload().contains("unknown-device")).toList();
    assertThat(told).hasSizeBetween(1, EVENTS_OF_A_FLOOD);
    assertThat(told).allSatisfy(m -> assertThat(m.payload().length()).isLessThan(2_000));
  }

  private void refused(String device, int format, byte[] body, String code, String why)
      throws Exception {
    var file = Files.write(folder.resolve("body"), body);
    assertThat(CoapClient.post(port, device, format, file)).startsWith(code).contains(why);
    awaitHealth("malformed", "coap/" + device, why);
  }

  private void refusedAtTheDoor(String device, String body) throws Exception {
    assertThat(post(device, 110, body)).startsWith("4.13");
  }

  private String post(String device, int format, String body) throws Exception {
    var file = Files.writeString(folder.resolve("body"), body.replace('\'', '"'));
    return CoapClient.post(port, device, format, file);
  }

  private void awaitHealth(String what, String subject, String why) throws Exception {
    Await.until(
        "%s of %s: %s".formatted(what, subject, why),
        () -> health(what, subject).stream().anyMatch(detail -> detail.contains(why)),
        Duration.ofSeconds(10),
        () -> "but " + health(what, subject) + "\n" + gateway.said());
  }

  private List<String> health(String what, String subject) {
    return city.on("e").stream()
        .map(City.Message::json)
        .filter(e -> e.path("kind").asString("").equals("health"))
        .filter(e -> e.path("what").asString("").equals(what))
        .filter(e -> e.path("subject").asString("").equals(subject))
        .map(e -> e.path("detail").toString())
        .toList();
  }

  private void awaitReading(String point, double value) throws Exception {
    Await.until(
        point + " is " + value,
        () ->
            city.soFar().getOrDefault(point, List.of()).stream()
                .anyMatch(told -> told.value().isNumber() && told.value().asDouble() == value),
        Duration.ofSeconds(20),
        gateway::said);
  }

  private long rss() throws IOException {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(gateway.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }

  private void send(DatagramSocket socket, byte[] bytes) throws IOException {
    var gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    socket.send(new DatagramPacket(bytes, bytes.length, gateway));
  }

  /** Non-confirmable POST /s/{device} of six characters, format 110. */
  private static byte[] posting(String device, int number) {
    return hex(
        "5002%04x".formatted(number)
            + "b173"
            + "06"
            + HexFormat.of().formatHex(device.getBytes(UTF_8))
            + "116e"
            + "ff"
            + HexFormat.of().formatHex("[{\"n\":\"p0\",\"v\":1}]".getBytes(UTF_8)));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

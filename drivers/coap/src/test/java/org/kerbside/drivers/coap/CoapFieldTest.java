package org.kerbside.drivers.coap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.CoapClient;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

@NeedsPeer("coap-client-notls")
class CoapFieldTest {

  // CON POST /s/A81, format 110, message id 10775, token beef: [{"n":"distance","v":1}]
  private static final byte[] TELEGRAM =
      HexFormat.of()
          .parseHex(
              "42022a17beefb17303413831116eff"
                  + "5b7b226e223a2264697374616e6365222c2276223a317d5d");
  private static final Path WORKING_FOLDER = Path.of("");

  @TempDir Path folder;

  @RegisterExtension final OpenField field = new OpenField(null, "A81");
  private final RecordingInlet inlet = field.inlet;

  CoapFieldTest() throws Exception {}

  @Test
  void aJsonPackIsTwoReadingsFiveMinutesOld() throws Exception {
    String answer =
        post(
            "A81",
            110,
            "[{'bn':'A81/','bt':-300,'n':'distance','u':'m','v':0.42},"
                + "{'n':'temperature','u':'Cel','v':-12.5}]");
    assertThat(answer).startsWith("2.04");
    assertThat(inlet.samples())
        .extracting(Sample::quantity, Sample::value, Sample::unit, Sample::at)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "distance", new Value.Num(0.42), Unit.METRE, OpenField.NOW.minusSeconds(300)),
            org.assertj.core.groups.Tuple.tuple(
                "temperature",
                new Value.Num(-12.5),
                Unit.CELSIUS,
                OpenField.NOW.minusSeconds(300)));
  }

  @Test
  void aCborPackIsTakenLikewise() throws Exception {
    // [{n: "distance", u: "m", v: 0.5}, {n: "open", vb: true}]
    String pack = "82a3006864697374616e63650161 6d02f93800a200646f70656e04f5".replace(" ", "");
    assertThat(post("A81", 112, HexFormat.of().parseHex(pack))).startsWith("2.04");
    assertThat(inlet.samples())
        .containsExactly(Sample.of("distance", 0.5, Unit.METRE), Sample.of("open", true));
  }

  @Test
  void theSenderWaitsForTheCommit() throws Exception {
    inlet.answer(RecordingInlet.Answer.HOLD);
    var answer = CompletableFuture.supplyAsync(this::postOne);
    Await.until("the delivery", () -> inlet.size() == 1);
    assertThat(answer).isNotDone();
    inlet.keepHeld();
    assertThat(answer.get()).startsWith("2.04");
  }

  /** A sender repeats after 2 s at the earliest; by then it has heard that we are at it. */
  @Test
  void aSlowCommitIsAnsweredSeparately() throws Exception {
    inlet.answer(RecordingInlet.Answer.HOLD);
    try (var sensor = sensor()) {
      send(sensor, TELEGRAM);
      assertThat(receive(sensor)).isEqualTo("60002a17"); // an empty acknowledgement
      inlet.keepHeld();
      assertThat(receive(sensor)).startsWith("4244").endsWith("beef"); // confirmable 2.04
    }
    assertThat(inlet.size()).isEqualTo(1);
  }

  @Test
  void whatIsNotKeptIsToBeSentAgain() throws Exception {
    inlet.answer(RecordingInlet.Answer.REFUSE);
    assertThat(postOne()).startsWith("5.03").contains("Max-Age:30", "storage");
    inlet.answer(RecordingInlet.Answer.FULL);
    assertThat(postOne()).startsWith("5.03").contains("Max-Age:5", "the intake is full");
  }

  @Test
  void aBadRecordCostsItselfAndIsTold() throws Exception {
    String answer =
        post(
            "A81",
            110,
            "[{'n':'distance','v':'far'},{'n':'distanz','v':1},{'n':'temperature','u':'lx','v':1},"
                + "{'n':'temperature','v':4}]");
    assertThat(answer).startsWith("2.04");
    assertThat(inlet.samples()).extracting(Sample::value).containsExactly(new Value.Num(4));
    assertThat(inlet.deliveries().getFirst().problems()).hasSize(3);
  }

  @Test
  void aPackOfBadRecordsAloneIsRefused() throws Exception {
    assertThat(post("A81", 110, "[{'n':'distanz','v':1}]"))
        .startsWith("4.00")
        .contains("record 1: 'distanz': the device has no such point");
    assertThat(inlet.size()).isZero();
    assertThat(inlet.reports())
        .extracting(RecordingInlet.Report::what)
        .containsExactly("malformed");
  }

  @Test
  void tellsWhatIsWrongAndWhere() throws Exception {
    assertThat(post("A81", 110, "[{'n':'distance','v':}]"))
        .startsWith("4.00")
        .contains("not JSON at byte 22");
    assertThat(post("A81", 112, new byte[] {(byte) 0x81, (byte) 0xA2}))
        .startsWith("4.00")
        .contains("not CBOR at byte 2");
    assertThat(post("A81", 110, new byte[0])).startsWith("4.00").contains("the body is empty");
    assertThat(post("A81", 50, "[{'n':'distance','v':1}]"))
        .startsWith("4.15")
        .contains("content format 50: send SenML");
    assertThat(post("B1", 110, "[{'n':'distance','v':1}]"))
        .startsWith("4.04")
        .contains("no device of this site is 'B1'");
    assertThat(inlet.size()).isZero();
    assertThat(inlet.reports())
        .extracting(RecordingInlet.Report::what)
        .containsExactly("malformed", "malformed", "malformed", "malformed", "unknown-device");
  }

  @Test
  void aLargePackComesInBlocks() throws Exception {
    var pack = new StringBuilder("[{'n':'distance','v':0}");
    for (int i = 1; i < 400; i++) {
      pack.append(",{'n':'distance','v':").append(i).append('}');
    }
    assertThat(post("A81", 110, pack + "]")).startsWith("2.04");
    assertThat(inlet.samples()).hasSize(400);
    assertThat(inlet.samples().getLast().value()).isEqualTo(new Value.Num(399));
  }

  /** RFC 6690: what a stranger with a telephone can ask of any CoAP server. */
  @Test
  void tellsWhatItTakes() throws Exception {
    assertThat(CoapClient.get(field.port, ".well-known/core"))
        .contains("</s>", "ct=\"110 112\"", "POST a SenML pack to /s/{device}");
  }

  @Test
  void aMegabyteIsTooLargeAndTheNextPackIsTaken() throws Exception {
    assertThat(post("A81", 110, "[" + " ".repeat(1 << 20) + "]")).startsWith("4.13");
    assertThat(postOne()).startsWith("2.04");
  }

  @Test
  void someHundredsComeInOrder() throws Exception {
    var file = folder.resolve("pack");
    for (int i = 0; i < 200; i++) {
      Files.writeString(file, "[{\"n\":\"distance\",\"v\":%d}]".formatted(i));
      assertThat(CoapClient.post(field.port, "A81", 110, file)).startsWith("2.04");
    }
    var expected = new ArrayList<Value>();
    for (int i = 0; i < 200; i++) {
      expected.add(new Value.Num(i));
    }
    assertThat(inlet.samples()).extracting(Sample::value).isEqualTo(expected);
    assertThat(inlet.deliveries()).extracting(Delivery::key).doesNotHaveDuplicates();
  }

  /** The same bytes from the same port, before and after: only the key tells that it is one. */
  @Test
  void aRepetitionAcrossARestartHasTheSameKey() throws Exception {
    try (var sensor = sensor()) {
      send(sensor, TELEGRAM);
      Await.until("the first", () -> inlet.size() == 1);
      field.reopen();
      send(sensor, TELEGRAM);
      Await.until("its repetition", () -> inlet.size() == 2);
    }
    assertThat(inlet.deliveries())
        .extracting(Delivery::key)
        .satisfies(keys -> assertThat(keys.get(0)).endsWith("#10775#BEEF").isEqualTo(keys.get(1)));
  }

  /** Its exchange broke off, and it begins a new one: another message id, another port. */
  @Test
  void aPackOfAbsoluteTimesIsNamedByWhatItSays() throws Exception {
    var dated = "[{\"n\":\"distance\",\"v\":1,\"t\":1790000000.5}]";
    var other = "[{\"n\":\"distance\",\"v\":1,\"t\":1790000000.6}]";
    var counted = "[{\"n\":\"distance\",\"v\":1,\"t\":-3}]";
    for (var body : List.of(dated, dated, other, counted, counted)) {
      assertThat(post("A81", 110, body)).startsWith("2.04");
    }
    var keys = inlet.deliveries().stream().map(Delivery::key).toList();
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(keys.stream().distinct()).hasSize(4);
  }

  private DatagramSocket sensor() throws Exception {
    var sensor = new DatagramSocket();
    sensor.setSoTimeout(10_000);
    sensor.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), field.port));
    return sensor;
  }

  private static String receive(DatagramSocket sensor) throws Exception {
    var packet = new DatagramPacket(new byte[1500], 1500);
    sensor.receive(packet);
    return HexFormat.of().formatHex(packet.getData(), 0, packet.getLength());
  }

  private static void send(DatagramSocket sensor, byte[] telegram) throws Exception {
    sensor.send(new DatagramPacket(telegram, telegram.length));
  }

  @Test
  void aTakenPortIsNamed() {
    var second = field.another();
    assertThatThrownBy(() -> second.open(inlet))
        .isInstanceOf(DeviceException.Unavailable.class)
        .hasMessageStartingWith(
            "bus field: cannot listen on coap 127.0.0.1:%d: the port is taken"
                .formatted(field.port));
  }

  @Test
  void writesNoFileIntoTheWorkingFolder() throws Exception {
    try (var files = Files.list(WORKING_FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".properties"))).isEmpty();
    }
  }

  @Test
  void closesWithinTwoSecondsAndTwice() {
    long started = System.nanoTime();
    field.close();
    field.close();
    assertThat(System.nanoTime() - started).isLessThan(2_000_000_000L);
  }

  private String postOne() {
    try {
      return post("A81", 110, "[{'n':'distance','u':'m','v':1}]");
    } catch (Exception told) {
      throw new IllegalStateException(told);
    }
  }

  private String post(String device, int format, String body) throws Exception {
    return post(device, format, body.replace('\'', '"').getBytes(UTF_8));
  }

  private String post(String device, int format, byte[] body) throws Exception {
    return CoapClient.post(field.port, device, format, Files.write(folder.resolve("body"), body));
  }
}

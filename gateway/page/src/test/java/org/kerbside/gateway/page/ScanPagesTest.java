package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices are looked for, on a bus and in a photo, over real HTTP. */
@Timeout(30)
class ScanPagesTest {

  private final Workshop workshop = new Workshop();
  private final PageServer server =
      Pages.of(Street.troubled())
          .machine(workshop)
          .fitter(workshop)
          .access(new Cabinet().access())
          .server();
  private Phone phone;

  @BeforeEach
  void serve() throws Exception {
    server.start();
    phone = new Phone(server);
    phone.login(Role.INSTALLER, "7002");
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void whoAnswersIsToldWithWhatItIsLikeAndWhoseItIs() throws Exception {
    assertThat(scan("rs485-a", "1").statusCode()).isEqualTo(303);
    assertThat(ended())
        .contains("rs485-a：已问 32/32，找到 3", "像 ultrasonic-485, sht20", "认不出型号")
        .contains("/scan/at?at=rs485-a%2F31&amp;profile=ultrasonic-485", "/commission/bin-2");
  }

  @Test
  void oneLookGoesOnAtATimeAndCanBeStopped() throws Exception {
    workshop.waitsFor(new CountDownLatch(1));
    assertThat(scan("rs485-a", "1").statusCode()).isEqualTo(303);
    var second = scan("rs485-a", "1");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("正在扫描", "rs485-a：已问 0/32");
    phone.post("/scan", "token", phone.token(), "stop", "1");
    assertThat(ended()).contains("已问 0/32");
    workshop.waitsFor(new CountDownLatch(0));
    assertThat(scan("i2c-1", "1").statusCode()).isEqualTo(303);
    assertThat(ended()).contains("i2c-1：已问 3/3，找到 1", "/scan/at?at=i2c-1%2F0x44&amp;profile=sht31");
  }

  @Test
  void aBusThatCannotBeAskedSaysWhyAtOnce() throws Exception {
    scan("lamps", "");
    assertThat(ended()).contains("lamps：已问 1/247，找到 0 · lamps is not open");
    assertThat(scan("nowhere", "").statusCode()).isEqualTo(422);
  }

  @Test
  void aShortBusIsOfferedAsAWholeAndOfALongOneItsBeginning() throws Exception {
    assertThat(phone.get("/scan").body())
        .contains("扫描 i2c-1，地址 0x43 到 0x45", "扫描 rs485-a，地址 1 到 32", "扫描 rs485-a，全部地址 1 到 247")
        .doesNotContain("扫描 i2c-1，全部");
  }

  @Test
  void aPhotosLabelIsToldWithWhoseItIs() throws Exception {
    assertThat(phone.photo("/scan/label", Photos.of("rs485-a/32")).body())
        .contains("标签上写着", "rs485-a/32", "/commission/bin-2");
    assertThat(phone.photo("/scan/label", Photos.of("<b>lamp-1")).body())
        .contains("&lt;b&gt;lamp-1", "/do/test?of=lamp-1%2Fon", "闪灯识别");
    assertThat(phone.photo("/scan/label", Photos.of("bin-77")).body()).contains("本站没有设施或设备是它");
  }

  @Test
  void aPhotoThatSaysNothingIsToldSoInASentence() throws Exception {
    var wall = Photos.jpeg(Photos.wall(900, 700, ""), Photos.Passes.ONE);
    assertThat(phone.photo("/scan/label", wall).body()).contains("没有读出二维码或条码");
    assertThat(phone.photo("/scan/label", new byte[] {1, 2, 3}).body()).contains("这不是照片");
    assertThat(phone.photo("/scan/label", new byte[0]).body()).contains("没有收到照片");
    assertThat(phone.post("/scan/label", "token", phone.token()).body()).contains("没有收到照片");
  }

  @Test
  void aPhotoThatIsTooLargeIsToldSoInASentence() throws Exception {
    var large = phone.photo("/scan/label", new byte[(int) ScanPages.LARGEST]);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("照片超过 8 MB");
    assertThat(phone.photo("/scan/label", new byte[1_000_000]).statusCode()).isEqualTo(422);
  }

  @Test
  void aPhotoOfWhoIsNotLetInIsNotLookedInto() throws Exception {
    assertThat(phone.send(noForm()).statusCode()).as("an installer's").isEqualTo(400);
    phone.login(Role.CREW, "4711");
    assertThat(phone.send(noForm()).statusCode()).as("a crew's").isEqualTo(403);
    phone.forget();
    var asked = phone.send(noForm());
    assertThat(asked.statusCode()).isEqualTo(401);
    assertThat(asked.body()).contains("name=\"to\" value=\"/scan\"");
  }

  /** Three megabytes that only say to be a form: who looks into them finds none. */
  private HttpRequest.Builder noForm() {
    return phone
        .form("/scan/label")
        .setHeader("Content-Type", "multipart/form-data; boundary=x")
        .header("Origin", "http://127.0.0.1:" + server.port())
        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000]));
  }

  @Test
  void moreThanAPhotoIsRefusedByItsHeadAndElsewhereStillLess() throws Exception {
    assertThat(head("/scan/label", ScanPages.MOST_SENT + 1)).isEqualTo("HTTP/1.1 413");
    assertThat(head("/scan", 65_537)).isEqualTo("HTTP/1.1 413");
    assertThat(head("/scan/label", ScanPages.LARGEST + 1))
        .as("of nobody")
        .isEqualTo("HTTP/1.1 413");
  }

  /** How a form is answered of which the head alone was sent. */
  private String head(String path, long length) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var request =
          """
          POST %s HTTP/1.1\r
          Host: 127.0.0.1:%d\r
          Origin: http://127.0.0.1:%2$d\r
          Content-Type: multipart/form-data; boundary=x\r
          Content-Length: %d\r
          \r
          """
              .formatted(path, server.port(), length);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aNewAssetBecomesALineForWhoKeepsTheSitesFile() throws Exception {
    var path = "/scan/at?at=rs485-a/31&profile=ultrasonic-485";
    assertThat(phone.get(path).body())
        .contains("/swap/bin-2?at=rs485-a%2F31&amp;profile=ultrasonic-485")
        .doesNotContain("<textarea");
    assertThat(phone.get(path + "&id=bin-3&kind=bin&name=%E6%A1%B6%203").body())
        .contains("bin-3: { kind: bin, name: \"桶 3\", at: rs485-a/31, profile: ultrasonic-485");
    for (var wrong : List.of("&id=3&kind=bin&name=a", "&id=a&kind=door&name=a", "&id=a&kind=bin")) {
      assertThat(phone.get(path + wrong).body()).as(wrong).doesNotContain("<textarea");
    }
    assertThat(phone.get("/scan/at?at=nowhere").statusCode()).isEqualTo(404);
    assertThat(phone.get("/swap/bin-2?at=rs485-a/31&profile=sht20").body())
        .contains("value=\"rs485-a/31\"", "value=\"sht20\"");
  }

  @Test
  void aNameEndsNoWordOfTheLine() {
    var bin =
        workshop.kinds().stream()
            .filter(kind -> kind.name().equals("bin"))
            .findFirst()
            .orElseThrow();
    assertThat(new SiteLine("bin-3", bin, "a\" }\\\n", "x/1", "").text(List.of()))
        .isEqualTo("bin-3: { kind: bin, name: \"a\\\" }\\\\ \", at: x/1 }");
  }

  private HttpResponse<String> scan(String bus, String few) throws Exception {
    return phone.post("/scan", "token", phone.token(), "bus", bus, "few", few);
  }

  /** How it stands once nothing goes on; the test's own time is the limit. */
  private String ended() throws Exception {
    while (true) {
      var body = phone.get("/scan").body();
      if (body.contains("name=\"few\"")) {
        return body;
      }
    }
  }
}

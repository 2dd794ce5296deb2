package org.kerbside.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;

/** One demonstration, tried as its greeting says. */
@NeedsPeer({"mosquitto_sub", "mosquitto_pub", "coap-client-notls"})
@Timeout(180)
class DemoTest {

  private static final HttpClient BROWSER = HttpClient.newHttpClient();

  @TempDir private static Path temporary;
  private static DemoProcess demo;
  private static City city;

  @BeforeAll
  static void start() throws Exception {
    demo = DemoProcess.run(temporary, "--speed", "30");
    city = City.at(demo.ports().mqtt());
  }

  @AfterAll
  static void stop() {
    city.close();
    demo.close();
  }

  @Test
  void theCityHearsPlainTextThatOwnsToBeSimulated() throws Exception {
    assertThat(city.await("state", text -> text.contains("\"state\":\"online\"")))
        .contains("\"simulated\":true");
    assertThat(city.await("desc", text -> true))
        .contains("\"simulated\":true", "人民公园 3 号公厕", "\"id\":\"bin-3\"");
    city.await("a/f1", text -> text.contains("\"occupied\":{\"v\":")); // some seconds of its door
    assertThat(city.await("d", text -> true)).startsWith("{\"v\":1,\"gw\":\"CD-QY-0173\"");
  }

  @Test
  void thePageShowsTheStreetAndCallsItSimulated() throws Exception {
    Await.until("lamps on the page", () -> page().contains("路灯 8"));
    assertThat(page()).contains("模拟数据", "女 1", "kPa", "mg/m³");
  }

  @Test
  void itsJobCodeOpensThePageAndAFormSentTwiceIsDoneOnce() throws Exception {
    var crew = new Crew(demo.ports().page());
    var code = Pattern.compile("worker 4711, job code ([0-9]{6})").matcher(demo.said());
    assertThat(code.find()).isTrue();
    assertThat(crew.login("4711", code.group(1)).statusCode()).isEqualTo(303);
    assertThat(city.await("e", text -> text.contains("\"what\":\"login\"")))
        .contains("\"kind\":\"audit\"", "\"by\":\"crew:4711\"");

    var form = crew.get("/do/emptied?of=bin-1");
    var fields =
        new String[] {
          "token", Crew.hidden(form, "token"), "once", Crew.hidden(form, "once"), "of", "bin-1"
        };
    assertThat(crew.post("/do/emptied", fields).statusCode()).isEqualTo(303);
    assertThat(crew.post("/do/emptied", fields).statusCode()).isEqualTo(303);
    city.order("after-both", "zone-1/valve", "0");
    city.await("r/after-both", text -> text.contains("outcome"));
    assertThat(city.on("e").stream().filter(text -> text.contains("\"what\":\"emptied\"")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("\"by\":\"crew:4711\"", "\"subject\":\"bin-1\"");
  }

  @Test
  void itsFirstHalfHourBringsAnAlarm() throws Exception {
    assertThat(city.await("e", text -> text.contains("bin-2/bin-overflow")))
        .contains("\"change\":\"raised\"", "垃圾桶 2 满溢");
    Await.until("the alarm on the page", () -> page().contains("垃圾桶 2 满溢"));
    Await.until("the alarm told", () -> demo.hasSaid("raised   bin-2/bin-overflow"));
  }

  @Test
  void anOrderedZoneRunsWater() throws Exception {
    city.order("test-1", "zone-1/valve", "1");
    assertThat(city.await("r/test-1", text -> text.contains("outcome")))
        .contains("\"outcome\":\"done\"", "\"observed\":1");
    assertThat(city.on("r/test-1"))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"progress\":\"accepted\""),
            second -> assertThat(second).contains("\"progress\":\"running\""),
            third -> assertThat(third).contains("\"outcome\":\"done\""));
    city.await("a/zone-1", text -> text.contains("\"by\":\"dispatch:test\""));
    city.await("a/master-1", text -> text.contains("\"valve\":{\"v\":1,"));
  }

  @Test
  void anOrderedLampDims() throws Exception {
    city.order("test-2", "lamp-1/dim", "0.3");
    assertThat(city.await("r/test-2", text -> text.contains("outcome")))
        .contains("\"outcome\":\"done\"", "\"observed\":0.3");
    city.await("a/lamp-1", text -> text.contains("\"dim\":{\"v\":0.3,"));
  }

  @Test
  void aPostedDistanceFillsTheThirdBin() throws Exception {
    var ended =
        Peer.run(
            "coap-client-notls",
            List.of(
                "-m",
                "post",
                "-t",
                "110",
                "-e",
                "[{\"n\":\"distance\",\"u\":\"m\",\"v\":0.35}]",
                "coap://127.0.0.1:%d/s/bin-3".formatted(demo.ports().coap())));
    assertThat(ended.exit()).describedAs(ended.output()).isZero();
    assertThat(city.await("a/bin-3", text -> text.contains("fill"))).contains("\"v\":0.944,");
    Await.until("94% on the page", () -> card("a-bin-3").contains("94%"));
  }

  private static String card(String id) throws IOException, InterruptedException {
    var page = page();
    var start = page.indexOf("id=\"" + id + "\"");
    return page.substring(start, page.indexOf("</article>", start));
  }

  private static String page() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(demo.ports().page())))
            .timeout(Duration.ofSeconds(10))
            .header("Accept-Language", "zh-CN")
            .build();
    return BROWSER.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}

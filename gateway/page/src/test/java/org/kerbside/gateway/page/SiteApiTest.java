package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Alarm;

/** What programs are told, over real HTTP. */
class SiteApiTest {

  private final Street street = Street.troubled();
  private final HttpClient client = HttpClient.newHttpClient();
  private final PageServer server =
      new PageServer(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          Shown.of(street),
          PageSettings.DEFAULTS);

  @BeforeEach
  void serve() throws PageException {
    server.start();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void theSiteTellsEachAssetsThreeAxes() throws Exception {
    assertThat(get("site").body())
        .startsWith("{\"id\":\"CD-QY-0173\",\"name\":\"人民公园 3 号公厕\",\"timezone\":\"Asia/Shanghai\"")
        .contains(
            "\"at\":\"2026-10-01T14:32:05+08:00\"",
            "{\"id\":\"bin-2\",\"kind\":\"bin\",\"name\":\"垃圾桶 2\",\"condition\":\"alarm\",\"data\":\"good\",\"mode\":\"auto\"}",
            "\"id\":\"zone-1\",\"kind\":\"zone\",\"name\":\"1 区\",\"parent\":\"master-1\",\"condition\":\"normal\",\"data\":\"good\",\"mode\":\"manual\"");
  }

  @Test
  void whatIsSilentHasNoValueAndSaysWhy() throws Exception {
    assertThat(get("assets/lamp-5").body())
        .contains(
            "{\"name\":\"lit\",\"unit\":\"count\",\"data\":\"silent\",\"value\":null,\"why\":\"silent\"");
    assertThat(get("assets/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void aWorkersNumberIsNotToldToWhoIsNotLoggedIn() throws Exception {
    street.care("bin-2/bin-overflow", Alarm.Care.NONE.acknowledged(Street.act(0)));
    assertThat(get("alarms?state=raised").body())
        .contains("\"id\":\"bin-2/bin-overflow\"", "\"acknowledged\":\"crew\"")
        .doesNotContain("4711");
    assertThat(get("alarms?state=latched").body()).isEqualTo("{\"alarms\":[]}\n");
  }

  @Test
  void theGatewayTellsItsUplink() throws Exception {
    assertThat(get("gateway").body())
        .contains("\"uplink\":{\"state\":\"down\",\"sent\":100,\"waiting\":1240}");
  }

  private HttpResponse<String> get(String path) throws Exception {
    var address = "http://127.0.0.1:%d/api/v1/%s".formatted(server.port(), path);
    var request = HttpRequest.newBuilder(URI.create(address)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

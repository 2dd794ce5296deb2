package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;

/** What programs are told, over real HTTP. */
class SiteApiTest {

  private final Street street = Street.troubled();
  private final HttpClient client = HttpClient.newHttpClient();
  private final PageServer server =
      Pages.of(street).chronicle(() -> new Chronicle.Pages(Street.ago(600), happened())).server();

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
  void whatHappenedIsToldOldestFirstAndNothingOfPeople() throws Exception {
    assertThat(get("events").body())
        .isEqualTo(
            """
            {"since":"2026-10-01T04:32:05+08:00","events":[\
            {"at":"2026-10-01T13:22:05+08:00","kind":"audit","asset":"bin-2","what":"emptied","by":"crew"},\
            {"at":"2026-10-01T14:06:05+08:00","kind":"alarm","asset":"bin-2","what":"raised",\
            "alarm":"bin-2/bin-overflow","severity":"alarm"}]}
            """);
    assertThat(get("events?after=2026-10-01T13:22:05%2B08:00").body())
        .contains("\"raised\"")
        .doesNotContain("emptied");
    assertThat(get("events?after=yesterday").statusCode()).isEqualTo(400);
  }

  /** Newest first; somebody came to the page, and a stall was cleaned by whom it tells. */
  private List<Event> happened() {
    var overflow =
        street.overview().alarms().stream()
            .filter(alarm -> alarm.id().equals("bin-2/bin-overflow"))
            .findFirst()
            .orElseThrow();
    return List.of(
        new Event.Audit(Street.ago(1), "login", "10.73.1.20", Street.act(0)),
        new Event.Audit(Street.ago(2), "maintenance", "stall-3", Street.act(0)),
        new Event.AlarmChanged(
            overflow.since(), Event.AlarmChanged.Change.RAISED, overflow, null, List.of(), 0),
        new Event.Audit(Street.ago(70), "emptied", "bin-2", Street.act(0)));
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

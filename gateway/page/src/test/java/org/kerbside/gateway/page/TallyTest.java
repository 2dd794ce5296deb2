package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page counts of itself, as it is scraped. */
@Timeout(30)
class TallyTest {

  private final PageServer server = Pages.of(Street.demo()).access(new Cabinet().access()).server();
  private Phone phone;

  @BeforeEach
  void serve() throws PageException {
    server.start();
    phone = new Phone(server);
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void itCountsRequestsByTheirEndAndWhatWasDrawn() throws Exception {
    phone.get("/");
    phone.get("/?still=1");
    phone.get("/nothing-here");
    phone.post("/logout");
    assertThat(scraped("requests_total{status=\"2xx\"}")).isEqualTo("2");
    assertThat(scraped("requests_total{status=\"4xx\"}")).isEqualTo("2");
    assertThat(scraped("requests_total{status=\"5xx\"}")).isEqualTo("0");
    assertThat(scraped("renders_total")).isEqualTo("2");
    assertThat(Double.parseDouble(scraped("render_seconds_total"))).isPositive();
  }

  @Test
  void itCountsWhatCameOfWhoWantedIn() throws Exception {
    for (int i = 0; i < 6; i++) {
      phone.post("/login", "worker", "4711", "code", "000000");
    }
    phone.post("/login", "worker", "4711", "code", "");
    assertThat(scraped("logins_total{result=\"wrong\"}")).isEqualTo("4");
    assertThat(scraped("logins_total{result=\"locked\"}")).isEqualTo("2");
    assertThat(scraped("logins_total{result=\"unread\"}")).isEqualTo("1");
    assertThat(scraped("logins_total{result=\"in\"}")).isEqualTo("0");
  }

  @Test
  void itCountsThePagesThatAreOpen() throws Exception {
    try (var page = EventLines.open(server.port(), "rev=")) {
      page.next("patch");
      assertThat(scraped("streams")).isEqualTo("1");
    }
  }

  private String scraped(String figure) throws Exception {
    return phone
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("kerbside_page_" + figure + " "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("none");
  }
}

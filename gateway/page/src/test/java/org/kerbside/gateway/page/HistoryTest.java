package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.PointId;

/** The past of a point, and the gateway's own numbers, over HTTP. */
@Timeout(30)
class HistoryTest implements History {

  private static final Instant EIGHT = Instant.parse("2026-10-01T08:00:00Z");
  private static final Duration FIVE = Duration.ofMinutes(5);
  private static final Duration DAY = Duration.ofDays(1);

  private final List<String> asked = new ArrayList<>();
  private List<Bucket> buckets = List.of();
  private final PageServer server =
      Pages.of(Street.demo()).history(this).metrics(HistoryTest::metrics).server();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void serve() throws PageException {
    server.start();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Override
  public Series of(PointId point, Instant from, Instant to, Duration step) {
    asked.add("%s %s %s %s".formatted(point, from, to, step));
    return new Series(step, buckets);
  }

  @Test
  void numbersComeAsArraysAndGapsAreNull() throws Exception {
    buckets =
        List.of(
            new Bucket(EIGHT, 3, FIVE, Duration.ZERO, new Numbers(.1, .5, 1 / 3.0, .25), Map.of()),
            new Bucket(
                EIGHT.plus(FIVE.multipliedBy(2)),
                0,
                Duration.ofSeconds(90),
                Duration.ofSeconds(1),
                new Numbers(2, 2, 2, 2),
                Map.of()));
    var answer =
        get("bin-1", "fill", "from=2026-10-01T08:00:00Z&to=2026-10-01T16:15:00%2B08:00&n=3");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .isEqualToIgnoringNewLines(
            """
            {"point":"bin-1/fill","unit":"/","step":300,"from":"2026-10-01T08:00:00Z",\
            "to":"2026-10-01T08:15:00Z","t":[1790841600,1790841900,1790842200],\
            "min":[0.1,null,2],"max":[0.5,null,2],"mean":[0.3333333,null,2],\
            "last":[0.25,null,2],"quality":["good",null,"uncertain"],"known":[300,null,90]}""");
  }

  @Test
  void wordsComeWithTheirSeconds() throws Exception {
    var held = Map.of("true", Duration.ofSeconds(100), "false", Duration.ofSeconds(200));
    buckets = List.of(new Bucket(EIGHT, 3, FIVE, Duration.ZERO, null, held));
    var answer = get("lamp-1", "lit", "from=2026-10-01T08:00:00Z&to=2026-10-01T08:10:00Z&n=2");
    assertThat(answer.body())
        .contains("\"held\":{\"false\":[200,null],\"true\":[100,null]}")
        .doesNotContain("mean");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1440", "24, 60", "287, 6", "288, 5", "400, 5",
  })
  void theStepIsTheNextThatDividesADay(int n, long minutes) throws Exception {
    get("bin-1", "fill", "from=2026-10-01T00:00:00Z&to=2026-10-02T00:00:00Z&n=" + n);
    assertThat(asked.getFirst()).endsWith(" " + Duration.ofMinutes(minutes));
  }

  @Test
  void withoutParametersItIsTheLastDay() throws Exception {
    get("bin-1", "fill", "");
    var now = Street.NOON.wall();
    assertThat(asked).containsExactly("bin-1/fill %s %s PT5M".formatted(now.minus(DAY), now));
  }

  @Test
  void whatIsCountedComesInHours() throws Exception {
    get("wc-1", "visits", "");
    assertThat(asked.getFirst()).endsWith("PT1H");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=yesterday | from: 'yesterday' is no time: expected one as 2026-07-01T08:00:00+08:00",
        "to=1790841600 | to: '1790841600' is no time",
        "from=2026-10-02T00:00:00Z&to=2026-10-01T00:00:00Z | is not before to",
        "from=2026-10-01T00:00:00Z&to=2026-10-01T00:00:00Z | is not before to",
        "from=2026-08-01T00:00:00Z&to=2026-10-01T00:00:00Z | by 31 days at most",
        "to=-9999-10-01T00:00:00Z | to: '-9999-10-01T00:00:00Z' is no time",
        "n=0 | n: '0' is no number from 1 to 400",
        "n=401 | n: '401' is no number from 1 to 400",
        "n=-1 | n: '-1' is no number",
        "n=12345678901234567890 | is no number from 1 to 400",
      })
  void aBadParameterIsNamed(String query, String told) throws Exception {
    var answer = get("bin-1", "fill", query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(told);
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsNoPointIsNotFound() throws Exception {
    assertThat(get("bin-9", "fill", "").statusCode()).isEqualTo(404);
    var answer = get("bin-1", "fi\"ll", "");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("'bin-1/fi\\\"ll'");
  }

  @Test
  void aStallsHistoryIsNobodysBusiness() throws Exception {
    var answer = get("stall-1", "occupied", "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  @Test
  void metricsAreTextForPrometheus() throws Exception {
    var answer = get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(Exposition.TYPE);
    assertThat(answer.body())
        .startsWith(
            """
            # HELP kerbside_a_total what was done
            # TYPE kerbside_a_total counter
            kerbside_a_total{of="a \\"b\\" \\\\",to="x"} 3
            # HELP kerbside_b two\\nlines
            # TYPE kerbside_b gauge
            kerbside_b 0.25
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "192.168.7.9, true",
    "10.1.2.3, true",
    "172.16.0.1, true",
    "169.254.1.1, true",
    "[fe80::1], true",
    "fd12::1, true",
    "[::1], true",
    "8.8.8.8, false",
    "172.32.0.1, false",
    "2001:db8::1, false",
    "nonsense, false",
  })
  void theNeighbourhoodEndsAtTheLan(String remote, boolean isNear) {
    assertThat(Neighbours.isNear(remote)).isEqualTo(isNear);
  }

  private static List<Metric> metrics() {
    var labelled = new Metric.Figure(Map.of("to", "x", "of", "a \"b\" \\"), 3);
    var plain = new Metric.Figure(Map.of(), .25);
    return List.of(
        new Metric("kerbside_a_total", Metric.Type.COUNTER, "what was done", List.of(labelled)),
        new Metric("kerbside_b", Metric.Type.GAUGE, "two\nlines", List.of(plain)));
  }

  private HttpResponse<String> get(String asset, String point, String query)
      throws IOException, InterruptedException {
    var name = URLEncoder.encode(point, StandardCharsets.UTF_8);
    return get("/api/v1/assets/%s/points/%s/history?%s".formatted(asset, name, query));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}

package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;

/** The process tells of itself: what Prometheus scrapes, a point's past, what the card bears. */
@Timeout(90)
class MetricsJobTest {

  private static final List<String> NAMES =
      List.of(
          "alarm_changes_total",
          "alarms_active",
          "aot_cache_mapped",
          "asset_last_reading_timestamp_seconds",
          "build_info",
          "bus_busy_seconds_total",
          "bus_requests_total",
          "card_written_bytes_total",
          "card_written_today_bytes",
          "certificate_expiry_timestamp_seconds",
          "clock_quality",
          "commands_total",
          "configuration_info",
          "deliveries_acknowledged_total",
          "devices",
          "devices_silent",
          "disk_free_bytes",
          "heap_used_bytes",
          "intake_arrivals",
          "intake_refused_total",
          "journal_commit_longest_seconds",
          "journal_commit_seconds_total",
          "journal_commits_total",
          "journal_frames_total",
          "journal_gaps_total",
          "journal_oldest_pending_seconds",
          "journal_payload_bytes_total",
          "journal_pending_frames",
          "journal_size_bytes",
          "journal_written_bytes_total",
          "page_logins_total",
          "page_render_seconds_total",
          "page_renders_total",
          "page_requests_total",
          "page_streams",
          "process_resident_bytes",
          "process_threads",
          "readings_dropped_total",
          "readings_total",
          "rule_errors_total",
          "rule_evaluations_total",
          "uplink_acknowledge_seconds_total",
          "uplink_budget_used_ratio",
          "uplink_bytes_total",
          "uplink_connected",
          "uplink_connects_total",
          "uplink_frames_total",
          "watchdog_withheld_total");

  private static final String COMMITTED = "readings_total{driver=\"simulator\",quality=\"good\"}";

  private static final Pattern FINDING = Pattern.compile("\\{\"name\":\"([a-z]+)\"");

  @TempDir private Path data;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aRunningGatewayTellsOfItself() throws Exception {
    int port = FreePort.tcp();
    var coap = "buses.coap.listen=127.0.0.1:" + FreePort.udp();
    var nobody = "uplink.url=mqtt://127.0.0.1:" + FreePort.tcp();
    var page = "127.0.0.1:" + port;
    var month = "uplink.budget=300MB/month";
    try (var gateway = GatewayProcess.run("demo.yaml", data, page, coap, nobody, month)) {
      Await.until(
          "readings are committed",
          () -> number(get(port, "/metrics"), COMMITTED) > 0,
          Duration.ofSeconds(30),
          gateway::said);
      var text = get(port, "/metrics");
      // What the board tells has no place on every machine.
      assertThat(names(text)).filteredOn(name -> !name.startsWith("board_")).isEqualTo(NAMES);
      assertThat(drawn()).isNotEmpty().allSatisfy(name -> assertThat(names(text)).contains(name));
      assertThat(number(text, "configuration_info{revision=\"1\",source=\"files\"}")).isEqualTo(1);
      assertThat(number(text, "devices{bus=\"sim\"}")).isPositive();
      assertThat(number(text, "journal_commit_seconds_total")).isPositive();
      assertThat(number(text, "journal_pending_frames{stream=\"d\"}")).isPositive();
      assertThat(number(text, "journal_written_bytes_total")).isPositive();
      assertThat(number(text, "process_resident_bytes")).isBetween(20e6, 500e6);
      assertThat(number(text, "uplink_connected")).isZero();
      assertThat(number(text, "uplink_connects_total{result=\"failed\"}")).isPositive();
      assertThat(number(text, "rule_evaluations_total")).isPositive();
      assertThat(text)
          .contains("kerbside_asset_last_reading_timestamp_seconds{asset=\"bin-1\"}")
          .doesNotContain("{asset=\"f1\"}", "{asset=\"m1\"}");
      MetricTable.holds(text);
      assertThat(number(text, "aot_cache_mapped")).isZero();
      assertThat(get(port, "/api/v1/assets/air-1/points/temperature/history?n=24"))
          .contains("\"point\":\"air-1/temperature\"", "\"good\"");
      var status = Typed.of("status", "--data", data.toString());
      assertThat(status.out()).contains("card     ", " written today, ", " in all");
      var ready = get(port, "/readyz");
      assertThat(ready)
          .contains(
              "{\"format\":1,\"ready\":true,\"findings\":[", "{\"name\":\"files\",\"state\":\"ok\"")
          .contains("{\"name\":\"service\",\"state\":\"ok\"")
          .contains("{\"name\":\"uplink\",\"state\":\"fail\"");
      var doctor = Typed.of("doctor", "--data", data.toString(), "--format", "json");
      assertThat(names(doctor.out(), FINDING)).isEqualTo(names(ready, FINDING));
      assertThat(gateway.stop()).isZero();
    }
    assertThat(data.resolve("history.db")).isNotEmptyFile();
    assertThat(data.resolve("wear")).isNotEmptyFile();
  }

  private static List<String> names(String text, Pattern pattern) {
    return pattern.matcher(text).results().map(hit -> hit.group(1)).toList();
  }

  /** What the dashboards and the alert rules of the platform name. */
  private static Set<String> drawn() throws IOException {
    var drawn = new TreeSet<String>();
    try (var files = Files.list(GatewayProcess.home().resolve("deploy/platform/grafana"))) {
      for (var file : files.filter(it -> it.toString().matches(".*(json|yaml)")).toList()) {
        Pattern.compile("\\bkerbside_(\\w+)")
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> drawn.add(found.group(1)));
      }
    }
    return drawn;
  }

  private static List<String> names(String text) {
    return text.lines()
        .filter(line -> line.startsWith("# TYPE kerbside_"))
        .map(line -> line.split(" ", 4)[2].substring("kerbside_".length()))
        .sorted()
        .toList();
  }

  private static double number(String text, String figure) {
    return text.lines()
        .filter(line -> line.startsWith("kerbside_" + figure + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  private String get(int port, String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path, e);
    }
  }
}

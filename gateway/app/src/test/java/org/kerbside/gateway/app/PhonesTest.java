package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.FreePort;

/**
 * What eight open pages cost a gateway on the demonstration's street, in its own processor time:
 * with and without them in turn, so that what else the machine does falls on both.
 */
class PhonesTest {

  private static final int PHONES = 8;
  private static final int ROUNDS = 4;
  private static final double MOST = .05; // of one core, in addition
  private static final double TICK = .01; // s, USER_HZ of every Linux on our boards

  @TempDir private Path data;

  @Test
  @Tag("long")
  @Tag("phones")
  void eightPhonesCostLessThanATwentiethOfACore() throws Exception {
    var campaign = Campaign.of("phones", 20); // seconds a round
    int port = FreePort.tcp();
    var coap = "buses.coap.listen=127.0.0.1:" + FreePort.udp();
    var nobody = "uplink.url=mqtt://127.0.0.1:" + FreePort.tcp();
    var extra = new ArrayList<Double>();
    try (var gateway = GatewayProcess.run("demo.yaml", data, "127.0.0.1:" + port, coap, nobody)) {
      eight(gateway, port, campaign.n()); // warms up
      for (int round = 0; round < ROUNDS; round++) {
        double without = share(gateway, campaign.n());
        double with = eight(gateway, port, campaign.n());
        extra.add(with - without);
        System.out.printf(
            "phones: %.2f %% of a core without, %.2f %% with eight%n", 100 * without, 100 * with);
      }
      assertThat(gateway.stop()).isZero();
    }
    System.out.printf(
        "campaign phones: in addition %s of a core%n",
        extra.stream().map("%.4f"::formatted).toList());
    assertThat(extra.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .as("share of a core")
        .isLessThan(MOST);
  }

  private static double eight(GatewayProcess gateway, int port, int seconds) throws Exception {
    var told = new LongAdder();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < PHONES; i++) {
        var lines = open(client, port);
        Thread.startVirtualThread(() -> read(lines, told));
      }
      double share = share(gateway, seconds);
      assertThat(told.sum()).as("patches that came").isGreaterThan(PHONES);
      client.shutdownNow();
      return share;
    }
  }

  private static void read(Stream<String> lines, LongAdder told) {
    try {
      lines.filter(line -> line.equals("event: patch")).forEach(_ -> told.increment());
    } catch (UncheckedIOException over) {
      // The phone was put away.
    }
  }

  private static Stream<String> open(HttpClient client, int port) throws Exception {
    var address = URI.create("http://127.0.0.1:%d/events?page=/&rev=".formatted(port));
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofLines()).body();
  }

  /** Of one core, over so many seconds. */
  private static double share(GatewayProcess gateway, int seconds) throws Exception {
    double before = spent(gateway);
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    return (spent(gateway) - before) / ((System.nanoTime() - start) / 1e9);
  }

  /** User and system time of all its threads, in s. */
  private static double spent(GatewayProcess gateway) throws IOException {
    var text = Files.readString(Path.of("/proc/%d/stat".formatted(gateway.pid())));
    List<String> fields = List.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * TICK;
  }
}

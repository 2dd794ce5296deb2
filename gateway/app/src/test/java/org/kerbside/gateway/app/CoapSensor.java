package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.kerbside.drivers.testkit.CoapClient;

/**
 * A device that posts packs with libcoap's client, JSON and CBOR in turn: its points {@code p0} …
 * {@code p3} in turn, each with a running number and a time of its own. It goes on once a pack is
 * acknowledged. Belongs to one thread at a time.
 */
final class CoapSensor {

  static final int PACK = 8;

  private static final int POINTS = 4;

  private final String device;
  private final int port;
  private final Path file;
  private final long origin = System.currentTimeMillis();
  private final AtomicInteger acknowledged = new AtomicInteger(); // packs

  CoapSensor(String device, int port, Path folder) {
    this.device = device;
    this.port = port;
    this.file = folder.resolve(device);
  }

  /** Posts the next pack. Whoever gets no answer at all has been left alone for too long. */
  void post() throws Exception {
    int format = acknowledged.get() % 2 == 0 ? Pack.JSON : Pack.CBOR;
    Files.write(file, Pack.of(format, pack(acknowledged.get())));
    String answer = CoapClient.post(port, device, format, file);
    assertThat(answer).as(device).matches("(2\\.04|5\\.03)(?s:.*)");
    if (answer.startsWith("2.04")) {
      acknowledged.incrementAndGet();
    }
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /** That the city has all that was acknowledged: once, in order, at its time. */
  void isWholeAt(City city) {
    var all =
        IntStream.range(0, acknowledged.get()).boxed().flatMap(i -> pack(i).stream()).toList();
    var readings = city.readings();
    for (int i = 0; i < POINTS; i++) {
      String point = device + "/p" + i;
      var expected = all.stream().filter(told -> point.endsWith("/" + told.point())).toList();
      assertThat(readings.getOrDefault(point, List.of()))
          .as(point)
          .extracting(told -> told.value().asInt() + " at " + Math.round(told.time() * 1000))
          .isEqualTo(expected.stream().map(told -> told.value() + " at " + told.time()).toList());
    }
  }

  private List<Pack.Told> pack(int number) {
    return IntStream.range(number * PACK, (number + 1) * PACK)
        .mapToObj(i -> new Pack.Told("p" + i % POINTS, i / POINTS, origin + i))
        .toList();
  }
}

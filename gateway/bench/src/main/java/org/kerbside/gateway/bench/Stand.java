package org.kerbside.gateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;

/** Two brokers, a gateway between them, sensors at one end and a subscriber at the other. */
final class Stand implements AutoCloseable {

  private static final int SENDERS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<String> jvm;
  private final String page;
  private final int lowest; // point of an asset that speaks
  private final Mosquitto field;
  private final Mosquitto broker;
  private final Street street = new Street();
  private final Latencies latencies;
  private final Frames frames;
  private final City city;
  private final Path data;
  private volatile boolean closed;

  /**
   * @param lowest 1 leaves out {@code p0}, which has the site's rule
   * @param most how many latencies can be kept
   */
  Stand(List<String> jvm, String page, int lowest, int most) throws Exception {
    this.jvm = List.copyOf(jvm);
    this.page = page;
    this.lowest = lowest;
    latencies = new Latencies(most);
    frames = new Frames(street, latencies);
    field = Mosquitto.start();
    broker = Mosquitto.start();
    city = new City(broker.port(), frames);
    Thread.ofPlatform().daemon().name("city").start(city);
    // Beside the build, on a real disk: /tmp is often in memory.
    data =
        Files.createTempDirectory(
            Files.createDirectories(Gateway.home().resolve("gateway/bench/target/data")), "run");
  }

  Gateway gateway(List<String> more) throws IOException {
    var options = new ArrayList<>(jvm);
    options.addAll(more);
    return Gateway.start(
        options,
        List.of(
            "--data",
            data.toString(),
            "--page",
            page,
            "--set",
            "uplink.url=" + broker.url(),
            "--set",
            "buses.field.url=" + field.url()));
  }

  /** Publishes so many; the thread ends when the broker has acknowledged all of them. */
  List<Thread> publish(Pace pace) throws IOException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < SENDERS; i++) {
      int first = i;
      var points =
          IntStream.range(0, Street.ASSETS * Street.POINTS)
              .filter(p -> p / Street.POINTS % SENDERS == first && p % Street.POINTS >= lowest)
              .toArray();
      var sender = new Sender(field.port(), "sensors-" + i, street, pace, points);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("sender-" + i)
              .start(
                  () -> {
                    try (sender) {
                      sender.run();
                    } catch (IOException gone) {
                      if (!closed) {
                        throw new IllegalStateException("a sender lost the field broker", gone);
                      }
                    }
                  }));
    }
    return threads;
  }

  /** Publishes and waits until all is at the city; how long that took, in seconds. */
  double carry(Pace pace, int count) throws Exception {
    int before = street.arrived();
    long start = System.nanoTime();
    var senders = publish(pace);
    Await.until(
        "%d readings at the city".formatted(count),
        () -> street.arrived() >= before + count,
        PATIENCE,
        () -> "but " + (street.arrived() - before) + "; " + street.problem());
    double seconds = (System.nanoTime() - start) / 1e9;
    for (var sender : senders) {
      sender.join();
    }
    return seconds;
  }

  Street street() {
    return street;
  }

  Latencies latencies() {
    return latencies;
  }

  City city() {
    return city;
  }

  /** Whether every reading came once and in order, and no frame is missing. */
  void check() {
    if (!street.problem().isEmpty() || frames.holes() > 0) {
      throw new IllegalStateException(
          "%s %d frames missing of %d".formatted(street.problem(), frames.holes(), frames.count()));
    }
  }

  int frames() {
    return frames.count();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    city.close();
    broker.close();
    field.close();
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

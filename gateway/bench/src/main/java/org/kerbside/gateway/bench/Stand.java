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

/** Two brokers, a subject between them, sensors at one end and a subscriber at the other. */
final class Stand implements AutoCloseable {

  private static final int SENDERS = 4;
  private static final int AT_ONCE = 500; // assets in one line of a site
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Setup setup;
  private final Mosquitto field;
  private final Mosquitto broker;
  private final Street street;
  private final Latencies latencies;
  private final Inbox inbox;
  private final Path data;
  private City city;
  private volatile boolean closed;

  /**
   * What stands there.
   *
   * @param jvm further options of the gateway's JVM
   * @param page where the gateway's page listens, or {@code none}
   * @param lowest point of an asset that speaks: 1 leaves out {@code p0}, which has the site's rule
   * @param assets of the site, each with four points
   * @param disk the folder below which the subject keeps what it keeps
   * @param settings of the site, {@code key=value}
   */
  record Setup(
      Who who,
      List<String> jvm,
      String page,
      int lowest,
      int assets,
      Path disk,
      List<String> settings) {

    Setup by(Who other) {
      return new Setup(other, jvm, page, lowest, assets, disk, settings);
    }

    Setup paged(String address) {
      return new Setup(who, jvm, address, lowest, assets, disk, settings);
    }

    Setup on(String option) {
      var more = new ArrayList<>(jvm);
      more.add(option);
      return new Setup(who, more, page, lowest, assets, disk, settings);
    }

    Setup with(String setting) {
      var more = new ArrayList<>(settings);
      more.add(setting);
      return new Setup(who, jvm, page, lowest, assets, disk, more);
    }
  }

  /**
   * @param most how many latencies can be kept
   */
  Stand(Setup setup, int most) throws Exception {
    this.setup = setup;
    street = new Street(setup.assets());
    latencies = new Latencies(most);
    inbox =
        setup.who() == Who.KERBSIDE
            ? new Frames(street, latencies, setup.lowest())
            : new Plain(street, latencies);
    field = Mosquitto.start();
    broker = Mosquitto.start();
    city = listen();
    data = Files.createTempDirectory(Files.createDirectories(setup.disk()), "run");
  }

  private City listen() throws IOException {
    var ears = new City(broker.port(), inbox);
    Thread.ofPlatform().daemon().name("city").start(ears);
    return ears;
  }

  /** The city's broker and its subscriber are gone. */
  void cityLeaves() throws Exception {
    city.close();
    broker.stop();
  }

  void cityReturns() throws Exception {
    broker.restart();
    city = listen();
  }

  int fieldPort() {
    return field.port();
  }

  int cityPort() {
    return broker.port();
  }

  /** Starts whoever is measured. */
  Subject subject() throws Exception {
    return switch (setup.who()) {
      case KERBSIDE -> gateway(List.of());
      case BRIDGE -> Bridge.between(field, broker);
      case NODE_RED_BATCHING -> NodeRed.with("batching", data, field, broker);
      case NODE_RED_EACH -> NodeRed.with("each", data, field, broker);
    };
  }

  /**
   * Starts a gateway.
   *
   * @param more options of its JVM
   */
  Gateway gateway(List<String> more) throws IOException {
    var options = new ArrayList<>(setup.jvm());
    options.addAll(more);
    var arguments = new ArrayList<>(List.of("--data", data.toString(), "--page", setup.page()));
    var settings = setup.with("uplink.url=" + broker.url()).with("buses.field.url=" + field.url());
    for (var setting : settings.settings()) {
      arguments.addAll(List.of("--set", setting));
    }
    return Gateway.start(options, site(), arguments);
  }

  /** The site file, with as many assets as are asked for. */
  private Path site() throws IOException {
    var file = Gateway.home().resolve("config/sites/mqtt-field.yaml");
    if (setup.assets() == Street.ASSETS) {
      return file;
    }
    var text = new StringBuilder();
    for (var line : Files.readAllLines(file)) {
      var whole = "0.." + (Street.ASSETS - 1);
      for (int from = 0; from < (line.contains(whole) ? setup.assets() : 1); from += AT_ONCE) {
        int last = Math.min(from + AT_ONCE, setup.assets()) - 1;
        text.append(line.replace(whole, from + ".." + last)).append('\n');
      }
    }
    return Files.writeString(data.resolve("site.yaml"), text);
  }

  /** Publishes so many; the thread ends when the broker has acknowledged all of them. */
  List<Thread> publish(Pace pace) throws IOException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < SENDERS; i++) {
      int first = i;
      var points =
          IntStream.range(0, street.points())
              .filter(
                  p -> p / Street.POINTS % SENDERS == first && p % Street.POINTS >= setup.lowest())
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
    awaitArrived(before + count);
    double seconds = (System.nanoTime() - start) / 1e9;
    for (var sender : senders) {
      sender.join();
    }
    return seconds;
  }

  /** Waits until so many readings in all are at the city. */
  void awaitArrived(int count) throws Exception {
    Await.until(
        "%d readings at the city".formatted(count),
        () -> street.arrived() >= count,
        PATIENCE,
        () -> "but " + street.arrived() + "; " + street.problem());
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
    if (!street.problem().isEmpty() || !inbox.problem().isEmpty()) {
      throw new IllegalStateException(street.problem() + " " + inbox.problem());
    }
  }

  /** Messages with readings that came. */
  int messages() {
    return inbox.count();
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

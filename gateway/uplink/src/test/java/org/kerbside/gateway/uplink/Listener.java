package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The city's side: {@code mosquitto_sub}, which shares no code with us. */
final class Listener implements AutoCloseable {

  /**
   * @param users the user properties as {@code name:value}, in order
   */
  record Heard(
      String topic,
      String retained,
      String users,
      String contentType,
      String correlation,
      String text) {

    String tail() {
      return topic.substring(topic.lastIndexOf('/') + 1);
    }

    long seq() {
      return Long.parseLong(users.replaceAll(".*seq:(\\d+).*", "$1"));
    }

    @Override
    public String toString() {
      return topic + " " + text;
    }
  }

  private volatile Process process;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  private volatile boolean isSubscribed;

  private Listener(Process process) {
    this.process = process;
  }

  static Listener to(int port, String filter) throws IOException {
    var listener = new Listener(subscriber(port, filter));
    listener.hear();
    Await.until(
        () -> {
          listener.again(port, filter);
          probe(port);
          return listener.isSubscribed;
        },
        () -> "no word of mosquitto_sub");
    return listener;
  }

  /** A broker's second door opens a moment after its first, and who comes before is gone. */
  private void again(int port, String filter) {
    if (!process.isAlive()) {
      try {
        process = subscriber(port, filter);
      } catch (IOException none) {
        throw new UncheckedIOException(none);
      }
      hear();
    }
  }

  private void hear() {
    var lines = process.inputReader(UTF_8);
    Thread.ofVirtual().start(() -> read(lines));
  }

  private static Process subscriber(int port, String filter) throws IOException {
    return new ProcessBuilder(
            "mosquitto_sub",
            "-V",
            "mqttv5",
            "-p",
            "" + port,
            "-q",
            "1",
            "-t",
            filter,
            "-t",
            "probe",
            "-F",
            "%t|%r|%P|%C|%D|%x")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  List<Heard> all() {
    return heard;
  }

  List<Heard> on(String tail) {
    return heard.stream().filter(h -> h.tail().equals(tail)).toList();
  }

  void await(Predicate<List<Heard>> isSo) {
    Await.until(() -> isSo.test(heard), heard::toString);
  }

  Heard awaitOn(String tail) {
    await(all -> !on(tail).isEmpty());
    return on(tail).getFirst();
  }

  /**
   * That what came over the broker is as the contract has it; frames are made up in these tests.
   */
  void isAsPromised() {
    for (var message : heard) {
      var schema =
          switch (message
              .topic()
              .replaceFirst("^kerbside/1/[^/]+/[^/]+/", "")
              .replaceFirst("/.*", "")) {
            case "state" -> "state";
            case "desc" -> "desc";
            case "a" -> "asset";
            case "r" -> "answer";
            case "got" -> "got";
            default -> "";
          };
      if (!schema.isEmpty() && !message.text().isEmpty()) {
        Held.against(schema, message.text());
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void read(BufferedReader lines) {
    try (lines) {
      lines.lines().forEach(this::add);
    } catch (IOException | UncheckedIOException closed) {
      // The test is over.
    }
  }

  private void add(String line) {
    var parts = line.split("\\|", -1);
    if (parts[0].equals("probe")) {
      isSubscribed = true;
      return;
    }
    heard.add(
        new Heard(
            parts[0],
            parts[1],
            parts[2],
            parts[3],
            parts[4],
            new String(HexFormat.of().parseHex(parts[5]), UTF_8)));
  }

  /** It does not say when it is subscribed; its own word coming back does. */
  private static void probe(int port) {
    try {
      new ProcessBuilder("mosquitto_pub", "-V", "mqttv5", "-p", "" + port, "-t", "probe", "-m", "x")
          .start()
          .waitFor();
    } catch (IOException | InterruptedException cause) {
      throw new AssertionError("mosquitto_pub", cause);
    }
  }
}

package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.gateway.model.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The city's platform, as independent of the gateway as can be: mosquitto's own subscriber with a
 * lasting session, and a checker that knows only the contract. It drops repeats by (epoch, stream,
 * seq), and fails where a repeat has other bytes or a seq is missing.
 */
final class City implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CABINET = Kind.CABINET + "/";

  /** One message as it came. */
  record Message(String topic, String payload) {

    String leaf() {
      return topic.substring(topic.lastIndexOf('/') + 1);
    }

    JsonNode json() {
      return JSON.readTree(payload);
    }
  }

  /** One reading as the SenML of a frame says it. */
  record Told(String point, double time, JsonNode value) {}

  private final Process subscriber;
  private final List<Message> messages = new ArrayList<>(); // guarded by itself, as the next
  private final Map<String, String> newest = new HashMap<>(); // topic → payload
  private final Map<Long, Integer> sizes = new HashMap<>(); // seq → readings of the street in it
  private int counted; // messages

  private City(Process subscriber) {
    this.subscriber = subscriber;
    Thread.ofVirtual().start(this::listen);
  }

  /** Subscribes to all of the city's broker, and waits until it is heard. */
  static City at(int port) throws Exception {
    var city =
        new City(
            Peer.start(
                "stdbuf",
                List.of(
                    "-oL",
                    "mosquitto_sub",
                    "-V",
                    "mqttv5",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    String.valueOf(port),
                    "-i",
                    "city",
                    "-c",
                    "-x",
                    "86400",
                    "-q",
                    "1",
                    "-t",
                    "#",
                    "-F",
                    "%t %p")));
    Await.until(
        "the city hears its broker",
        () -> {
          Peer.run(
              "mosquitto_pub",
              List.of("-p", String.valueOf(port), "-q", "1", "-t", "city/hears", "-m", "yes"));
          return !city.messages(m -> m.topic().equals("city/hears")).isEmpty();
        });
    return city;
  }

  List<Message> messages(Predicate<Message> wanted) {
    synchronized (messages) {
      return messages.stream().filter(wanted).toList();
    }
  }

  /** The newest message on a topic; empty when none came. */
  String newest(String topic) {
    synchronized (messages) {
      return newest.getOrDefault(topic, "");
    }
  }

  List<Message> on(String leaf) {
    return messages(message -> message.leaf().equals(leaf));
  }

  /** The frames of a stream by seq, repeats dropped; no holes, and a repeat has the same bytes. */
  SequencedMap<Long, Message> frames(String stream) {
    var frames = arrived(stream);
    long expected = 1;
    for (var seq : frames.keySet()) {
      assertThat(seq).as("no hole in stream %s", stream).isEqualTo(expected++);
    }
    return frames;
  }

  /** Whether there is no hole now: live frames overtake the backlog on its way. */
  boolean isWhole(String stream) {
    var arrived = arrived(stream);
    return arrived.isEmpty() || arrived.lastEntry().getKey() == arrived.size();
  }

  private SequencedMap<Long, Message> arrived(String stream) {
    var frames = new TreeMap<Long, Message>();
    var epochs = new HashMap<String, Integer>();
    for (var message : messages(m -> isFrame(m, stream))) {
      var json = message.json();
      epochs.merge(json.get("epoch").asString(), 1, Integer::sum);
      assertThat(json.get("stream").asString()).isEqualTo(stream);
      var first = frames.putIfAbsent(json.get("seq").asLong(), message);
      if (first != null) {
        assertThat(message.payload()).as("a repeat is the same bytes").isEqualTo(first.payload());
      }
    }
    assertThat(epochs.keySet()).as("one epoch").hasSizeLessThanOrEqualTo(1);
    return frames;
  }

  /** Every reading of stream d in the order of seq, by point; no holes. */
  Map<String, List<Told>> readings() {
    return byPoint(frames("d").values());
  }

  /** As {@link #readings}, of what has come: live frames overtake the backlog on its way. */
  Map<String, List<Told>> soFar() {
    return byPoint(arrived("d").values());
  }

  private static Map<String, List<Told>> byPoint(Collection<Message> frames) {
    var readings = new LinkedHashMap<String, List<Told>>();
    for (var frame : frames) {
      for (var told : resolve(frame.json().get("m"))) {
        readings.computeIfAbsent(told.point(), point -> new ArrayList<>()).add(told);
      }
    }
    return readings;
  }

  /** How many readings of the street stand in the frames that came, repeats of frames dropped. */
  int count() {
    synchronized (messages) {
      for (; counted < messages.size(); counted++) {
        var message = messages.get(counted);
        if (isFrame(message, "d")) {
          var json = message.json();
          sizes.put(json.get("seq").asLong(), ofStreet(json.path("m")));
        }
      }
      return sizes.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Every frame of both streams as it came, repeats and all. */
  List<String> payloads() {
    return messages(m -> isFrame(m, "d") || isFrame(m, "e")).stream()
        .map(Message::payload)
        .toList();
  }

  @Override
  public void close() {
    subscriber.destroyForcibly().onExit().join();
  }

  private static boolean isFrame(Message message, String stream) {
    return switch (message.leaf()) {
      case "d", "h" -> stream.equals("d");
      case "e" -> stream.equals("e");
      default -> false;
    };
  }

  /** How many readings of a pack are the street's: the cabinet speaks of itself, when it likes. */
  static int ofStreet(JsonNode pack) {
    return (int) resolve(pack).stream().filter(told -> !told.point().startsWith(CABINET)).count();
  }

  /** RFC 8428 §4.6, the part that the contract uses. */
  static List<Told> resolve(JsonNode pack) {
    var told = new ArrayList<Told>();
    String baseName = "";
    double baseTime = 0;
    for (var record : pack) {
      baseName = record.has("bn") ? record.get("bn").asString() : baseName;
      baseTime = record.has("bt") ? record.get("bt").asDouble() : baseTime;
      double time = baseTime + (record.has("t") ? record.get("t").asDouble() : 0);
      var value = record.has("v") ? record.get("v") : record.get(record.has("vb") ? "vb" : "vs");
      told.add(new Told(baseName + record.get("n").asString(), time, value));
    }
    return told;
  }

  private void listen() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(subscriber.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        if (space > 0) {
          var message = new Message(line.substring(0, space), line.substring(space + 1));
          synchronized (messages) {
            messages.add(message);
            newest.put(message.topic(), message.payload());
          }
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }
}

package org.kerbside.deploy.demo.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.deploy.demo.peers.Milesight.Channel;
import org.kerbside.drivers.simulator.Fault;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Value;

/** Radio devices and the ChirpStack v4 that they are heard by: its events, by MQTT and in JSON. */
final class LorawanDoor implements Door {

  private static final String APPLICATION = "7c0f0b1e-4a0e-4f5c-9d54-6f2f7a8d5001";
  private static final Pattern FIELD = Pattern.compile("\"(id|data)\"\\s*:\\s*\"([^\"]*)\"");

  /** Nobody has more air than that. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Broker broker;
  private final String where;
  private final Map<String, Node> nodes;
  private final Play play;
  private final InstantSource wall;

  /** One radio. The bus thread's, but for what a downlink reads. */
  private static final class Node {
    final String eui;
    final Milesight model;
    final TreeMap<Integer, Asset> assets = new TreeMap<>();
    final TreeMap<Integer, Channel> said = new TreeMap<>();
    boolean hasNews;
    int count; // of uplinks
    Instant spoke = Instant.EPOCH;

    Node(String eui, Milesight model) {
      this.eui = eui;
      this.model = model;
    }

    /** The one whose faults are the radio's. */
    String asset() {
      return assets.firstEntry().getValue().id();
    }
  }

  private LorawanDoor(
      Broker.Account account, Map<String, Node> nodes, Play play, InstantSource wall) {
    this.nodes = nodes;
    this.play = play;
    this.wall = wall;
    this.where = account.place();
    this.broker = Broker.open(account, "application/+/device/+/command/down", this::down);
  }

  /** Of devices that can be played: {@link Milesight#of} knows their models. */
  static LorawanDoor open(
      Broker.Account account, List<Device> devices, Play play, InstantSource wall) {
    var nodes = new LinkedHashMap<String, Node>();
    for (var device : devices) {
      var profile = device.profile();
      var model = profile == null ? null : Milesight.of(profile.name().text());
      if (model != null) {
        var parts = device.address().split("/", 2);
        int channel = parts.length == 1 ? Milesight.WHOLE : Integer.parseInt(parts[1]);
        nodes
            .computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), eui -> new Node(eui, model))
            .assets
            .put(channel, device.asset());
      }
    }
    return new LorawanDoor(account, nodes, play, wall);
  }

  @Override
  public void hear(String asset, Said said) {
    for (var node : nodes.values()) {
      node.assets.forEach(
          (channel, own) -> {
            if (own.id().equals(asset)) {
              node.said.put(channel, new Channel(own, said));
              node.hasNews = true;
            }
          });
    }
  }

  @Override
  public void speak() {
    var now = wall.instant();
    for (var node : nodes.values()) {
      boolean isWhole = node.said.size() == node.assets.size();
      if (node.hasNews && isWhole && !now.isBefore(node.spoke.plus(PAUSE))) {
        speak(node, now);
      }
    }
  }

  private void speak(Node node, Instant now) {
    if (play.has(node.asset(), Fault.SILENT)) {
      node.hasNews = false;
      return;
    }
    byte[] telegram = node.model.uplink(node.said);
    boolean isSpoilt = play.has(node.asset(), Fault.BAD_BYTES);
    byte[] heard = isSpoilt ? Arrays.copyOf(telegram, telegram.length - 1) : telegram;
    var event = up(node, heard, play.clock(node.asset(), now));
    if (broker.send(topic(node, "up"), event.getBytes(UTF_8))) {
      node.hasNews = false;
      node.spoke = now;
      node.count++;
    }
  }

  private static String topic(Node node, String type) {
    return "application/%s/device/%s/event/%s".formatted(APPLICATION, node.eui, type);
  }

  /** What has its default value ChirpStack leaves out. */
  private static String up(Node node, byte[] data, Instant time) {
    return """
        {"deduplicationId":"%s","time":"%s","deviceInfo":{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242",\
        "applicationId":"%s","applicationName":"street","deviceName":"%s","devEui":"%s","tags":{}},\
        "devAddr":"00189440","adr":true,"dr":3,%s"fPort":%d,"confirmed":false,"data":"%s",\
        "rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":4217106255,"rssi":-%d,"snr":8.5,"crcStatus":"CRC_OK"}],\
        "txInfo":{"frequency":486300000,"modulation":{"lora":{"bandwidth":125000,"spreadingFactor":9}}}}\
        """
        .formatted(
            UUID.randomUUID(),
            time,
            APPLICATION,
            node.asset(),
            node.eui,
            node.count == 0 ? "" : "\"fCnt\":%d,".formatted(node.count),
            Milesight.PORT,
            Base64.getEncoder().encodeToString(data),
            70 + node.count % 20);
  }

  /** On the broker's thread: the radio hears it, does it, and says so. */
  private void down(String topic, byte[] message) {
    var levels = topic.split("/", -1);
    var node = nodes.get(levels[3].toLowerCase(Locale.ROOT));
    var order = fields(new String(message, UTF_8));
    if (node == null || play.has(node.asset(), Fault.SILENT)) {
      return;
    }
    byte[] downlink = Base64.getDecoder().decode(order.getOrDefault("data", ""));
    node.model.read(downlink, (channel, quantity, number) -> move(node, channel, quantity, number));
    var id = order.get("id");
    if (id != null) {
      broker.send(topic(node, "ack"), ack(node, id).getBytes(UTF_8));
    }
  }

  private void move(Node node, int channel, String quantity, double number) {
    var asset = asset(node, channel);
    if (asset != null) {
      var value = quantity.equals("on") ? Value.Flag.of(number > 0) : new Value.Num(number);
      play.move(asset.id(), quantity, value);
    }
  }

  /** The device as a whole is its first channel too. */
  private static @Nullable Asset asset(Node node, int channel) {
    var own = node.assets.get(channel);
    return own == null && channel == 1 ? node.assets.get(Milesight.WHOLE) : own;
  }

  private static Map<String, String> fields(String message) {
    var fields = new LinkedHashMap<String, String>();
    var found = FIELD.matcher(message);
    while (found.find()) {
      fields.put(found.group(1), found.group(2));
    }
    return fields;
  }

  private String ack(Node node, String order) {
    return """
        {"deduplicationId":"%s","time":"%s","deviceInfo":{"applicationId":"%s","devEui":"%s"},\
        "queueItemId":"%s","acknowledged":true,"fCntDown":%d}\
        """
        .formatted(UUID.randomUUID(), wall.instant(), APPLICATION, node.eui, order, 1 + node.count);
  }

  @Override
  public String place() {
    return "%d radios to ChirpStack's mqtt://%s".formatted(nodes.size(), where);
  }

  @Override
  public void close() {
    broker.close();
  }
}
